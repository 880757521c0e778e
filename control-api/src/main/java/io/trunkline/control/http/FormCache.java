package io.trunkline.control.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps a folder of things that can be made again within its bound: what was not asked for the longest goes. Blocks. */
final class FormCache {
    private FormCache() {}

    private record Entry(Path file, long size, FileTime asked) {}

    /** @param fresh just asked for: it stays */
    static void keepWithin(Path folder, Path fresh, long mostBytes) throws IOException {
        Files.setLastModifiedTime(fresh, FileTime.from(Instant.now()));
        List<Entry> entries = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                add(file, entries);
            }
        }
        long total = entries.stream().mapToLong(Entry::size).sum();
        entries.sort(Comparator.comparing(Entry::asked));
        for (Entry oldest : entries) {
            if (total > mostBytes && !oldest.file().equals(fresh)) {
                Files.deleteIfExists(oldest.file());
                total -= oldest.size();
            }
        }
    }

    private static void add(Path file, List<Entry> entries) throws IOException {
        try {
            entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException gone) {
            // another request has made room
        }
    }
}
