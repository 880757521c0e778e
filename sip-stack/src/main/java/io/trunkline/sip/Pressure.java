package io.trunkline.sip;

import io.trunkline.sip.dialog.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether new calls in must be turned away (503 with Retry-After) so that those that are up go on well: too many wait
 * for the application's first word, or the threads that carry calls run late.
 */
final class Pressure implements AutoCloseable {
    private static final int MOST_WAITING = 500;
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofMillis(200);

    private final Timers timers;
    private final Executor threads;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private volatile long lateNanos;
    private volatile boolean closed;

    Pressure(Timers timers, Executor threads) {
        this.timers = timers;
        this.threads = threads;
    }

    void start() {
        long due = System.nanoTime() + EVERY.toNanos();
        timers.after(
                EVERY,
                () -> threads.execute(() -> {
                    lateNanos = System.nanoTime() - due;
                    if (!closed) {
                        start();
                    }
                }));
    }

    /** A call in is handed to the application … */
    void begun() {
        waiting.incrementAndGet();
    }

    /** … which has taken it. */
    void taken() {
        waiting.decrementAndGet();
    }

    boolean tooHigh() {
        boolean high = waiting.get() >= MOST_WAITING || lateNanos > LATE.toNanos();
        if (high) {
            refused.increment();
        }
        return high;
    }

    long refused() {
        return refused.sum();
    }

    @Override
    public void close() {
        closed = true;
    }
}
