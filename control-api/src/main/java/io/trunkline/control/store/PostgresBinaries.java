package io.trunkline.control.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that travel with the jar, unpacked once for each version. */
record PostgresBinaries(Path folder) {
    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Finds the unpacked programs under {@code parent}, or unpacks them; a half-unpacked folder is never used. */
    static PostgresBinaries under(Path parent) throws IOException {
        URL resource = archive()
                .orElseThrow(() -> new StorageException("there is no embedded PostgreSQL for "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + ": point TRUNKLINE_DATABASE_URL at a PostgreSQL server"));
        Path folder = parent.resolve("programs-" + fingerprint(resource));
        if (Files.notExists(folder)) {
            unpack(resource, folder);
        }
        return new PostgresBinaries(folder);
    }

    static Optional<URL> archive() {
        return System.getProperty("os.name").equals("Linux")
                ? Optional.ofNullable(PostgresBinaries.class.getResource("/postgres-linux-" + architecture() + ".txz"))
                : Optional.empty();
    }

    private static void unpack(URL resource, Path folder) throws IOException {
        Path half = folder.resolveSibling(folder.getFileName() + ".new");
        Folders.delete(half);
        Files.createDirectory(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream in = new XZInputStream(resource.openStream())) {
            TarReader.unpack(in, half);
        }
        Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The packed size tells builds apart without unpacking or hashing fifteen megabytes at every start. */
    private static String fingerprint(URL resource) throws IOException {
        return Long.toString(resource.openConnection().getContentLengthLong(), Character.MAX_RADIX);
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }
}
