package io.trunkline.control.recording;

import io.trunkline.control.keys.KeyRing;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds a finished recording's WAV wherever it lies: as it was made, sealed beside it, or in the bucket. What had to be
 * opened, fetched or encoded is kept in a folder for a while. Every call blocks.
 *
 * <p>Names are ids that the store has confirmed; still nothing that could leave the folder is taken.
 */
public final class Vault {
    /** What must not lie about in the open is closed soon; other copies spare work. */
    private static final Duration SECRET_KEPT = Duration.ofMinutes(5);

    private static final Duration PLAIN_KEPT = Duration.ofDays(1);

    private final Path folder;
    private final Path opened;
    private final Optional<KeyRing> keys;
    private final Optional<Bucket> bucket;
    private final InstantSource clock;

    /** @param opened for what was opened, fetched or encoded, named {@code <id>.*}; may be emptied at any time */
    public Vault(Path folder, Path opened, Optional<KeyRing> keys, Optional<Bucket> bucket, InstantSource clock) {
        this.folder = folder;
        this.opened = opened;
        this.keys = keys;
        this.bucket = bucket;
        this.clock = clock;
    }

    /** The folder of copies. */
    public Path opened() {
        return opened;
    }

    /** As it was made, or as it is being made. */
    public Path made(String id) {
        return file(folder, id + ".wav");
    }

    private Path sealed(String id) {
        return file(folder, id + ".wav.sealed");
    }

    private static Path file(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!folder.equals(file.getParent())) {
            throw new IllegalArgumentException("no name of a recording: " + name);
        }
        return file;
    }

    /** A WAV to read; empty when it is nowhere. */
    public Optional<Path> wav(String id) throws IOException, InterruptedException {
        Path made = made(id);
        if (Files.isRegularFile(made)) {
            return Optional.of(made);
        }
        Path copy = file(opened, id + ".wav");
        if (Files.isRegularFile(copy)) {
            Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
            return Optional.of(copy);
        }
        return open(id, copy) ? Optional.of(copy) : Optional.empty();
    }

    private boolean open(String id, Path copy) throws IOException, InterruptedException {
        Files.createDirectories(opened);
        Path part = Files.createTempFile(opened, "open", ".part");
        try {
            if (!plain(id, part)) {
                return false;
            }
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private boolean plain(String id, Path into) throws IOException, InterruptedException {
        if (Files.isRegularFile(sealed(id))) {
            SealedFile.open(sealed(id), into, keys());
            return true;
        }
        if (bucket.isEmpty()) {
            return false;
        }
        if (bucket.get().get(id + ".wav", into)) {
            return true;
        }
        Path fetched = Files.createTempFile(opened, "fetch", ".part");
        try {
            boolean found = bucket.get().get(id + ".wav.sealed", fetched);
            if (found) {
                SealedFile.open(fetched, into, keys());
            }
            return found;
        } finally {
            Files.deleteIfExists(fetched);
        }
    }

    private KeyRing keys() throws IOException {
        return keys.orElseThrow(() -> new IOException("it is sealed, and no file of keys is configured"));
    }

    boolean hasWork() {
        return keys.isPresent() || bucket.isPresent();
    }

    /**
     * Brings one that is complete to its last place; may be repeated after a failure at any point.
     *
     * @return false when it lies on another node
     */
    boolean store(String id) throws IOException, InterruptedException {
        Path lies = Files.isRegularFile(made(id)) && keys.isPresent() ? seal(id) : lies(id);
        if (!Files.isRegularFile(lies)) {
            return false;
        }
        if (bucket.isPresent()) {
            bucket.get().put(String.valueOf(lies.getFileName()), lies);
            Files.delete(lies);
        }
        return true;
    }

    private Path lies(String id) {
        return Files.isRegularFile(sealed(id)) ? sealed(id) : made(id);
    }

    private Path seal(String id) throws IOException {
        Path part = file(folder, id + ".wav.sealing");
        SealedFile.seal(made(id), part, keys().current());
        Files.move(part, sealed(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(made(id));
        return sealed(id);
    }

    /** Every copy of it on this machine. */
    public void deleteHere(String id) throws IOException {
        Files.deleteIfExists(made(id));
        Files.deleteIfExists(sealed(id));
        deleteOpened(id);
    }

    void deleteOpened(String id) throws IOException {
        if (Files.isDirectory(opened)) {
            try (DirectoryStream<Path> copies = Files.newDirectoryStream(opened, id + ".*")) {
                for (Path copy : copies) {
                    Files.deleteIfExists(copy);
                }
            }
        }
    }

    /** Every copy of it anywhere. */
    void delete(String id) throws IOException, InterruptedException {
        deleteHere(id);
        if (bucket.isPresent()) {
            bucket.get().delete(id + ".wav");
            bucket.get().delete(id + ".wav.sealed");
        }
    }

    /** Closes what nobody has wanted for a while. */
    void closeUnused() throws IOException {
        if (!Files.isDirectory(opened)) {
            return;
        }
        long before = clock.instant()
                .minus(keys.isPresent() ? SECRET_KEPT : PLAIN_KEPT)
                .toEpochMilli();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(opened)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toMillis() < before) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
