package io.trunkline.control.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that its owner alone may read, whole or not there. */
public final class OwnersFile {
    private OwnersFile() {}

    public static void write(Path file, String text) {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, text);
            Files.move(half, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
