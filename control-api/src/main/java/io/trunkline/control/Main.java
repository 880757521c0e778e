package io.trunkline.control;

import io.trunkline.control.config.ConfigException;
import io.trunkline.control.config.ConfigLoader;
import io.trunkline.control.store.DataFolder;
import io.trunkline.control.store.Database;
import io.trunkline.control.store.DatabaseUrl;
import io.trunkline.control.store.EmbeddedPostgres;
import io.trunkline.control.store.StorageException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: configuration, database, wiring, and a stop that leaves nothing half done. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int USAGE_ERROR = 2;

    private Main() {}

    public static void main(String[] arguments) {
        Shutdown shutdown = new Shutdown();
        StopSignals.listen(count -> onSignal(count, shutdown));
        try {
            System.out.print(start(shutdown));
            System.out.flush();
        } catch (RuntimeException e) {
            failed(e, shutdown);
        }
    }

    /** What fails because a stop was asked for meanwhile is no failure; the stop goes on by itself. */
    private static void failed(RuntimeException failure, Shutdown shutdown) {
        if (shutdown.hasBegun()) {
            return;
        }
        if (failure instanceof ConfigException || failure instanceof StorageException) {
            System.err.println("trunkline: " + failure.getMessage());
            stop(shutdown, USAGE_ERROR);
        }
        LOG.error("The start failed", failure);
        stop(shutdown, 1);
    }

    private static String start(Shutdown shutdown) {
        ControlConfig config = ConfigLoader.load(System.getenv());
        DataFolder data = DataFolder.open(config.data());
        shutdown.add("data folder", data);
        Database database =
                new Database(databaseUrl(config, shutdown), config.database().poolSize());
        database.migrate();
        FirstKeys keys = FirstKeys.of(config);
        Wiring.Running running = Wiring.start(config, database, keys, shutdown);
        return new Greeting(config, keys, running.httpPort(), sinceProcessStart()).text();
    }

    private static DatabaseUrl databaseUrl(ControlConfig config, Shutdown shutdown) {
        return config.database()
                .url()
                .map(secret -> DatabaseUrl.parse(secret.value()))
                .orElseGet(() -> {
                    EmbeddedPostgres postgres = EmbeddedPostgres.start(config.data());
                    shutdown.add("embedded PostgreSQL", postgres);
                    return postgres.url();
                });
    }

    /** The first signal stops in order, the second stops waiting for calls, the third stops at any price. */
    private static void onSignal(int count, Shutdown shutdown) {
        switch (count) {
            case 1 -> {
                LOG.info("Stopping; a second signal stops without waiting for calls");
                stop(shutdown, 0);
            }
            case 2 -> shutdown.hurry();
            default -> Runtime.getRuntime().halt(130);
        }
    }

    private static void stop(Shutdown shutdown, int status) {
        shutdown.run();
        System.exit(status);
    }

    private static Duration sinceProcessStart() {
        return Duration.between(
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), Instant.now());
    }
}
