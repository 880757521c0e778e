package io.trunkline.control.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a cluster served: by the server a killed run left behind, or by a new one. */
final class PostgresLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresLauncher.class);
    private static final int ATTEMPTS = 3;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(5);

    private final PostgresCluster cluster;

    PostgresLauncher(PostgresCluster cluster) {
        this.cluster = cluster;
    }

    /** A server left behind by older programs is replaced. */
    PostmasterFile adoptOrLaunch() throws IOException {
        Optional<PostmasterFile> left = cluster.running();
        if (left.isPresent() && left.get().runs(cluster.binaries().program("postgres"))) {
            LOG.info("Going on with the PostgreSQL that the last run left behind");
            return awaitReady(left.get().server()).orElseThrow(() -> cluster.failed("it ended"));
        }
        if (left.isPresent()) {
            cluster.stop();
        }
        return launch(0);
    }

    /**
     * Tries again when the port was taken meanwhile, or when the last server's children are not gone yet.
     *
     * @param wantedPort 0 for any free one
     */
    PostmasterFile launch(int wantedPort) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            ProcessHandle process = cluster.start(wantedPort == 0 ? freePort() : wantedPort);
            Optional<PostmasterFile> ready = awaitReady(process);
            if (ready.isPresent()) {
                return ready.get();
            }
        }
        throw cluster.failed("it ended at once");
    }

    private Optional<PostmasterFile> awaitReady(ProcessHandle process) throws IOException {
        long deadline = System.nanoTime() + RECOVERY_LIMIT.toNanos();
        do {
            Optional<PostmasterFile> ready = cluster.running().filter(PostmasterFile::ready);
            if (ready.isPresent()) {
                return ready;
            }
            if (System.nanoTime() > deadline) {
                throw cluster.failed("it is not ready after " + RECOVERY_LIMIT.toMinutes() + " minutes");
            }
        } while (!ended(process, POLL));
        return Optional.empty();
    }

    private static boolean ended(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new StorageException("cannot watch the embedded PostgreSQL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for the embedded PostgreSQL", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
