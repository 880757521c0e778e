package io.trunkline.control.store;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;

/**
 * Feels whether PostgreSQL answers, so that a request that needs it is refused at once rather than kept waiting for a
 * server that is frozen or cut off. Owned by one event loop; anyone may ask.
 */
public final class StoragePulse {
    private static final long BEAT_MILLIS = 500;
    private static final long PATIENCE_MILLIS = 1_500;

    private final Pool pool;
    private volatile boolean answering = true;
    private boolean asking;

    private StoragePulse(Pool pool) {
        this.pool = pool;
    }

    public static StoragePulse start(Vertx vertx, Pool pool) {
        StoragePulse pulse = new StoragePulse(pool);
        vertx.getOrCreateContext().runOnContext(_ -> vertx.setPeriodic(BEAT_MILLIS, _ -> pulse.beat()));
        return pulse;
    }

    public boolean isAnswering() {
        return answering;
    }

    private void beat() {
        if (asking) {
            return;
        }
        asking = true;
        pool.query("select 1")
                .execute()
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(answer -> {
                    asking = false;
                    answering = answer.succeeded() || !StorageUnavailable.isCauseOf(answer.cause());
                });
    }
}
