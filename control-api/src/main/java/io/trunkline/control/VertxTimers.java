package io.trunkline.control;

import io.trunkline.control.call.CallTimers;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Call timers on Vert.x's monotonic ones; tasks only post, so any event loop may run them. */
record VertxTimers(Vertx vertx) implements CallTimers {
    @Override
    public Scheduled schedule(Duration after, Runnable task) {
        long id = vertx.setTimer(Math.max(1, after.toMillis()), _ -> task.run());
        return () -> vertx.cancelTimer(id);
    }
}
