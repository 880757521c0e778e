package io.trunkline.control;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.trunkline.control.keys.KeyRing;
import io.trunkline.control.store.Database;
import io.trunkline.control.store.NodeEpoch;
import io.trunkline.control.store.SealedSecrets;
import io.trunkline.control.store.Seed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every room of the node stands on: the event loops and the mailboxes on them, the database, the clocks, the
 * figures.
 *
 * @param pool for whoever asks; {@code writers} and {@code outbox} are as {@link Database} says
 * @param node this node's name and epoch in the database
 */
record Ground(
        Vertx vertx,
        Pool pool,
        Pool writers,
        Pool outbox,
        SealedSecrets secrets,
        NodeEpoch node,
        Mailboxes mailboxes,
        VertxTimers timers,
        Clock clock,
        LongSupplier nanos,
        PrometheusMeterRegistry meters) {
    private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

    static Ground open(ControlConfig config, Database database, FirstKeys keys, Shutdown shutdown) {
        Vertx vertx = Vertx.vertx();
        shutdown.add("Vert.x", () -> Starting.await(vertx.close()));
        Pool pool = database.openPool(vertx);
        Pool writers = database.openWriters(vertx);
        Pool outbox = database.openOutbox(vertx);
        shutdown.add(
                "database pools", () -> Starting.await(Future.join(pool.close(), writers.close(), outbox.close())));
        SealedSecrets secrets = new SealedSecrets(secretKeys(config));
        plant(new Seed(pool, secrets), keys);
        Starting.await(secrets.sealAll(pool));
        return new Ground(
                vertx,
                pool,
                writers,
                outbox,
                secrets,
                Starting.await(NodeEpoch.claim(pool, nodeName(config))),
                Starting.await(Mailboxes.open(vertx, Runtime.getRuntime().availableProcessors())),
                new VertxTimers(vertx),
                Clock.systemUTC(),
                System::nanoTime,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    /** A busy machine may take its time to let the first connection in: a start waits for it as long as it may. */
    private static void plant(Seed seed, FirstKeys keys) {
        long end = System.nanoTime() + Starting.LIMIT.toNanos();
        while (true) {
            try {
                Starting.await(seed.plant(
                        keys.admin().secret().value(), keys.api().secret().value()));
                return;
            } catch (IllegalStateException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LOG.info("PostgreSQL is not ready yet: {}", notYet.getMessage());
            }
        }
    }

    private static KeyRing secretKeys(ControlConfig config) {
        return config.secretKeys()
                .map(KeyRing::read)
                .orElseGet(() -> KeyRing.readOrMake(FirstKeys.file(config.data(), "secrets")));
    }

    /** The one node of an embedded database keeps its name whatever the machine is called. */
    private static String nodeName(ControlConfig config) {
        return config.node()
                .name()
                .orElseGet(() -> config.database().url().isEmpty() ? "local" : BindAddresses.hostName());
    }
}
