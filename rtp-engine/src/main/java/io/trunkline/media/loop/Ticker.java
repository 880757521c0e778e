package io.trunkline.media.loop;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Owns a media thread: sleeps to each absolute deadline of its loop and steps it, until told to stop. */
public final class Ticker implements AutoCloseable {
    private static final long REST_NANOS = 20_000_000;

    private final MediaLoop loop;
    private final LongSupplier nanoClock;
    private final Thread thread;
    private volatile boolean running = true;

    public Ticker(MediaLoop loop, String name, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    public void start() {
        loop.ownedBy(thread);
        thread.start();
    }

    private void run() {
        while (running) {
            long wait = loop.nextDeadlineNanos() - nanoClock.getAsLong();
            if (loop.isIdle()) {
                loop.rest(REST_NANOS);
            } else if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            loop.step();
        }
        loop.close();
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
