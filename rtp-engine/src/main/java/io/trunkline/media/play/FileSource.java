package io.trunkline.media.play;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** An audio file on disk. */
public final class FileSource extends AudioFile {
    private final Path path;

    public FileSource(Path path) {
        this.path = path;
    }

    @Override
    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public Optional<String> cacheKey() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of("file:" + path.toAbsolutePath() + ":" + now.size() + ":" + now.lastModifiedTime());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
