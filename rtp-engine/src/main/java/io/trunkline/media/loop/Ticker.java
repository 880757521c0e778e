package io.trunkline.media.loop;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Owns a media thread: sleeps to each absolute deadline of its loop and steps it, until told to stop. Real-time priority
 * is asked for only when the code has long been compiled: interpreted code at that priority would starve the compiler.
 */
public final class Ticker implements AutoCloseable {
    private static final long REST_NANOS = 20_000_000;
    /** So long with somebody to serve, and the code counts as warm. */
    private static final long WARM_NANOS = 10_000_000_000L;

    private final MediaLoop loop;
    private final LongSupplier nanoClock;
    private final boolean realtime;
    private final Consumer<String> scheduling;
    private final Thread thread;
    private long busySinceNanos;
    private boolean raised;
    private volatile boolean running = true;

    /**
     * @param realtime ask for SCHED_FIFO once warm
     * @param scheduling told once, on the media thread, what was granted
     */
    public Ticker(MediaLoop loop, String name, LongSupplier nanoClock, boolean realtime, Consumer<String> scheduling) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.realtime = realtime;
        this.scheduling = scheduling;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    public void start() {
        loop.ownedBy(thread);
        thread.start();
    }

    private void run() {
        while (running) {
            if (loop.isIdle()) {
                loop.rest(REST_NANOS);
            } else {
                sleepToDeadline();
                raiseOnceWarm();
            }
            loop.step();
        }
        loop.close();
    }

    private void sleepToDeadline() {
        long wait = loop.nextDeadlineNanos() - nanoClock.getAsLong();
        if (wait > 0) {
            LockSupport.parkNanos(wait);
        }
    }

    private void raiseOnceWarm() {
        long now = nanoClock.getAsLong();
        if (busySinceNanos == 0) {
            busySinceNanos = now;
        } else if (!raised && now - busySinceNanos > WARM_NANOS) {
            raised = true;
            scheduling.accept(realtime ? Realtime.raise() : "ordinary scheduling, as configured");
        }
    }

    /** Returns when the thread has ended. */
    @Override
    public void close() {
        running = false;
        loop.execute(() -> {});
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
