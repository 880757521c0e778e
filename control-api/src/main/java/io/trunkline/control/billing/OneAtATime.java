package io.trunkline.control.billing;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lets this node write about its calls one statement after the other: a checkpoint and a settlement of the same calls,
 * each locking rows in its own order, would wait for each other in a circle. At most one of each kind waits. Owned by
 * one Vert.x context.
 */
final class OneAtATime implements Books {
    private final Books books;
    private Future<?> last = Future.succeededFuture();

    OneAtATime(Books books) {
        this.books = books;
    }

    @Override
    public Future<List<Extended>> extend(List<Extension> calls) {
        return next(() -> books.extend(calls));
    }

    @Override
    public Future<Void> checkpoint(List<Checkpoint> calls) {
        return next(() -> books.checkpoint(calls));
    }

    @Override
    public Future<Void> settle(List<Settlement> calls) {
        return next(() -> books.settle(calls));
    }

    private <T> Future<T> next(Supplier<Future<T>> write) {
        Future<T> next = last.transform(_ -> write.get());
        last = next;
        return next;
    }
}
