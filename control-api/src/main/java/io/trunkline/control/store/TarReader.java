package io.trunkline.control.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Unpacks a POSIX ustar archive: files, folders and symbolic links, and nothing outside the target folder. */
final class TarReader {
    private static final int BLOCK = 512;
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

    private final InputStream in;
    private final Path target;

    private TarReader(InputStream in, Path target) {
        this.in = in;
        this.target = target;
    }

    static void unpack(InputStream in, Path target) throws IOException {
        TarReader reader = new TarReader(in, target);
        byte[] header = in.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            reader.entry(header);
            header = in.readNBytes(BLOCK);
        }
    }

    private void entry(byte[] header) throws IOException {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        Path path = inside(prefix.isEmpty() || !isUstar(header) ? name : prefix + "/" + name);
        long size = octal(header, 124, 12);
        switch (header[156]) {
            case '0', 0 -> file(path, size, octal(header, 100, 8));
            case '5' -> folder(path);
            case '2' -> Files.createSymbolicLink(path, link(path, text(header, 157, 100)));
            default -> throw new IOException("unexpected tar entry type " + (char) header[156] + " for " + name);
        }
    }

    private void file(Path path, long size, long mode) throws IOException {
        Path parent = path.getParent();
        if (parent != null && Files.notExists(parent)) {
            folder(parent);
        }
        Files.write(path, in.readNBytes(Math.toIntExact(size)));
        Files.setPosixFilePermissions(path, (mode & 0100) == 0 ? PLAIN : PROGRAM);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }

    private static void folder(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PROGRAM);
    }

    private Path link(Path from, String to) throws IOException {
        Path resolved = from.resolveSibling(to).normalize();
        if (!resolved.startsWith(target)) {
            throw new IOException("link leaves the archive: " + to);
        }
        return Path.of(to);
    }

    private Path inside(String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("entry leaves the archive: " + name);
        }
        return path;
    }

    /** GNU archives use the prefix field for other things. */
    private static boolean isUstar(byte[] header) {
        return text(header, 257, 8).equals("ustar");
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int offset, int length) throws IOException {
        String digits = text(header, offset, length).strip();
        if (!digits.matches("[0-7]{0,11}")) {
            throw new IOException("malformed tar header");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
