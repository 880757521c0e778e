package io.trunkline.control;

import io.trunkline.control.call.CallTimers;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Call timers on Vert.x's monotonic ones; tasks only post, so any event loop may run them. */
final class VertxTimers implements CallTimers {
    private final Vertx vertx;
    private final AtomicInteger set = new AtomicInteger();

    VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Scheduled schedule(Duration after, Runnable task) {
        AtomicBoolean over = new AtomicBoolean();
        set.incrementAndGet();
        long id = vertx.setTimer(Math.max(1, after.toMillis()), _ -> {
            if (over.compareAndSet(false, true)) {
                set.decrementAndGet();
                task.run();
            }
        });
        return () -> {
            if (over.compareAndSet(false, true)) {
                set.decrementAndGet();
                vertx.cancelTimer(id);
            }
        };
    }

    /** Those that have neither run nor been cancelled. */
    int pending() {
        return set.get();
    }
}
