package io.trunkline.control.store;

import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The one database of a node, embedded or not: brought up to date once, then used through a pool. */
public final class Database {
    /** Requests that may wait for a connection; beyond it they fail at once, which the API answers with 503. */
    private static final int WAITING_REQUESTS = 2000;

    private static final int WRITERS = 3;
    private static final List<String> BY_KEY_ALONE =
            List.of("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_memoize");

    private final DatabaseUrl url;
    private final int poolSize;

    public Database(DatabaseUrl url, int poolSize) {
        this.url = url;
        this.poolSize = poolSize;
    }

    public DatabaseUrl url() {
        return url;
    }

    /** Applies the migrations of {@code db/migration} that are missing. Blocks; several nodes may do it at once. */
    public void migrate() {
        try {
            Flyway.configure()
                    .dataSource(
                            url.jdbc(),
                            url.user(),
                            url.password().map(secret -> secret.value()).orElse(""))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StorageException("the database at " + url.place() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** A pool for the life of {@code vertx}; replies come back on the context that asked. */
    public Pool openPool(Vertx vertx) {
        return open(vertx, connectOptions(), poolSize);
    }

    /**
     * For the writers of calls, who must not queue behind readers. Their few statements look up by key whatever the
     * values: each is planned once a connection, not once a run, and for tables that have grown since.
     */
    public Pool openWriters(Vertx vertx) {
        return open(vertx, plannedOnce(), WRITERS);
    }

    /**
     * For the outbox. What PostgreSQL forgets of it when it crashes itself is sent once more, which is the promise to
     * webhooks anyway: so nobody waits for the disk.
     */
    public Pool openOutbox(Vertx vertx) {
        PgConnectOptions options = plannedOnce();
        options.getProperties().put("synchronous_commit", "off");
        return open(vertx, options, WRITERS);
    }

    private PgConnectOptions plannedOnce() {
        PgConnectOptions options = connectOptions();
        options.getProperties().put("plan_cache_mode", "force_generic_plan");
        // A plan made while a table was small would read all of it, long after it has grown.
        BY_KEY_ALONE.forEach(way -> options.getProperties().put(way, "off"));
        return options;
    }

    private static Pool open(Vertx vertx, PgConnectOptions options, int connections) {
        PoolOptions size = new PoolOptions()
                .setMaxSize(connections)
                .setMaxWaitQueueSize(WAITING_REQUESTS)
                .setConnectionTimeout(5)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool().connectingTo(options).with(size).using(vertx).build();
    }

    /** Word between the nodes that share this database. */
    public NodeNews openNews(Vertx vertx, Pool pool) {
        return new NodeNews(vertx, pool, connectOptions());
    }

    private PgConnectOptions connectOptions() {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(url.host())
                .setPort(url.port())
                .setDatabase(url.database())
                .setUser(url.user())
                .setSslMode(SslMode.of(url.sslMode()))
                .setCachePreparedStatements(true);
        url.password().ifPresent(secret -> options.setPassword(secret.value()));
        options.getProperties().put("application_name", "trunkline");
        if (!url.sslMode().equals("disable")) {
            options.setSslOptions(trust());
        }
        return options;
    }

    /** As libpq does: only the verify modes look at the certificate, only verify-full at the name in it. */
    private ClientSSLOptions trust() {
        ClientSSLOptions options = new ClientSSLOptions();
        options.setTrustAll(!url.sslMode().startsWith("verify"));
        options.setHostnameVerificationAlgorithm(url.sslMode().equals("verify-full") ? "HTTPS" : "");
        url.rootCertificate().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        return options;
    }
}
