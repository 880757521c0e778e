package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;

/** Nodes tell each other through the database that there are new events; the events themselves are read from it. */
public final class NodeNews implements AutoCloseable {
    private static final String CHANNEL = "trunkline_events";
    private static final long RECONNECT_MILLIS = 500;
    /** A notification may be lost with a connection: feeds look for themselves this often. */
    private static final long LOOK_MILLIS = 2_000;

    private final Vertx vertx;
    private final Pool pool;
    private final PgSubscriber subscriber;

    NodeNews(Vertx vertx, Pool pool, PgConnectOptions options) {
        this.vertx = vertx;
        this.pool = pool;
        this.subscriber = PgSubscriber.subscriber(vertx, options);
        subscriber.reconnectPolicy(_ -> RECONNECT_MILLIS);
    }

    /** Called on an event loop whenever any node, this one included, has written events. */
    public Future<Void> listen(Runnable onNews) {
        subscriber.channel(CHANNEL).handler(_ -> onNews.run());
        vertx.setPeriodic(LOOK_MILLIS, _ -> onNews.run());
        return subscriber.connect();
    }

    public void tell() {
        pool.query("notify " + CHANNEL).execute();
    }

    @Override
    public void close() {
        subscriber.close();
    }
}
