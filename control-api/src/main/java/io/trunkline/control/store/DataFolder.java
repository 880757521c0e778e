package io.trunkline.control.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one folder everything is kept in, held by one program at a time. The lock dies with the program. */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** @throws StorageException when another program holds the folder, or it cannot be written */
    public static DataFolder open(Path path) {
        try {
            create(path);
            Folders.create(path.resolve("recordings"), "rwx------");
            Folders.create(path.resolve("keys"), "rwx------");
            FileChannel lockFile = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new StorageException("the data folder " + path + " is in use by another trunkline"
                        + holder(path).map(pid -> " (process " + pid + ")").orElse("")
                        + "; stop it, or set TRUNKLINE_DATA to another folder");
            }
            lockFile.truncate(0);
            lockFile.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return new DataFolder(path, lockFile);
        } catch (IOException e) {
            throw new StorageException("the data folder " + path + " cannot be used: " + e, e);
        }
    }

    /**
     * Creates the folder if it is missing. Root's database runs under another account, which must be able to pass
     * through; what lies inside is closed to it.
     */
    static void create(Path path) throws IOException {
        if (Files.notExists(path)) {
            Folders.create(path, ServerAccount.isRoot() ? "rwx--x--x" : "rwx------");
        }
    }

    public Path path() {
        return path;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Optional<String> holder(Path path) throws IOException {
        String pid = Files.readString(path.resolve("lock")).strip();
        return pid.isEmpty() ? Optional.empty() : Optional.of(pid);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StorageException("the data folder " + path + " cannot be released: " + e, e);
        }
    }
}
