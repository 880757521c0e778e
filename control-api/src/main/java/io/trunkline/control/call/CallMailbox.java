package io.trunkline.control.call;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings everything that happens to one call onto the one thread that owns it, in order. Bounded: past the bound the
 * call is ended as {@code overloaded}, since a call that cannot be told of its end would never end.
 */
final class CallMailbox {
    static final int CAPACITY = 2_000;

    private final Executor owner;
    private final AtomicInteger waiting = new AtomicInteger();

    CallMailbox(Executor owner) {
        this.owner = owner;
    }

    /** False when the mailbox is full and {@code task} was dropped. */
    boolean post(Runnable task) {
        if (waiting.incrementAndGet() > CAPACITY) {
            waiting.decrementAndGet();
            return false;
        }
        owner.execute(() -> {
            waiting.decrementAndGet();
            task.run();
        });
        return true;
    }

    /** Posts whatever the bound says: for the message that ends the call. */
    void postAlways(Runnable task) {
        owner.execute(task);
    }
}
