package io.trunkline.control.store;

import io.trunkline.control.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in the data folder, for those who bring none. Owns one virtual thread, which starts the
 * server again should it die.
 *
 * <p>The server survives a kill -9 of the JVM; the next start finds it by its postmaster file and goes on with it.
 * Whoever starts this holds the lock of the data folder.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long LOG_LIMIT = 10_000_000;

    private final PostgresCluster cluster;
    private final PostgresLauncher launcher;
    private final Secret password;
    private final int port;
    private final Thread keeper;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private volatile ProcessHandle server;

    private EmbeddedPostgres(
            PostgresCluster cluster, PostgresLauncher launcher, Secret password, PostmasterFile running) {
        this.cluster = cluster;
        this.launcher = launcher;
        this.password = password;
        this.server = running.server();
        this.port = running.port();
        this.keeper = Thread.ofVirtual().name("postgres-keeper").unstarted(this::keepRunning);
    }

    /**
     * Unpacks, creates and starts what is missing; returns when connections are accepted.
     *
     * @throws StorageException with the last lines of the server's log
     */
    public static EmbeddedPostgres start(Path data) {
        try {
            Path home = prepare(data);
            PostgresCluster cluster = new PostgresCluster(
                    home, PostgresBinaries.under(home), ServerAccount.forFilesIn(home, PostgresCluster.folderIn(home)));
            Secret password = password(home.resolve("password"), cluster.exists());
            if (!cluster.exists()) {
                cluster.create(password);
            }
            PostgresLauncher launcher = new PostgresLauncher(cluster);
            EmbeddedPostgres postgres = new EmbeddedPostgres(cluster, launcher, password, launcher.adoptOrLaunch());
            postgres.keeper.start();
            return postgres;
        } catch (IOException e) {
            throw new StorageException("the embedded PostgreSQL in " + data + " cannot be prepared: " + e, e);
        }
    }

    /** Whether this build carries a PostgreSQL for the machine it runs on. */
    public static boolean isAvailable() {
        return PostgresBinaries.archive().isPresent();
    }

    public DatabaseUrl url() {
        return new DatabaseUrl(
                "127.0.0.1",
                port,
                PostgresCluster.SUPERUSER,
                PostgresCluster.SUPERUSER,
                Optional.of(password),
                "disable",
                Optional.empty());
    }

    /** Stops the server. Call it last: after everything that still has something to write. */
    @Override
    public void close() {
        closing.complete(null);
        try {
            keeper.join();
            if (cluster.running().isPresent()) {
                cluster.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new StorageException("the embedded PostgreSQL cannot be stopped: " + e, e);
        }
    }

    /** On the same port, so that the pool finds it again. */
    private void keepRunning() {
        while (true) {
            CompletableFuture.anyOf(closing, server.onExit()).join();
            if (closing.isDone()) {
                return;
            }
            LOG.error("The embedded PostgreSQL ended by itself, see {}; starting it again", cluster.log());
            try {
                server = launcher.launch(port).server();
            } catch (StorageException | IOException e) {
                LOG.error("{}", e.getMessage());
                closing.copy()
                        .completeOnTimeout(null, RETRY.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }

    private static Path prepare(Path data) throws IOException {
        DataFolder.create(data);
        Path home = data.toRealPath().resolve("postgres");
        Folders.create(home, ServerAccount.isRoot() ? "rwx--x--x" : "rwx------");
        Path log = home.resolve("server.log");
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, home.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return home;
    }

    private static Secret password(Path file, boolean clusterExists) throws IOException {
        try {
            return new Secret(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            if (clusterExists) {
                throw new StorageException(file + " is missing; without it the database beside it cannot be entered");
            }
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        return new Secret(Files.readString(file));
    }
}
