package io.trunkline.control.speech;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server sends and gives up on one that stops in the middle: its client has a limit for the first byte
 * alone. Owns a virtual thread.
 */
final class StallGuard implements AutoCloseable {
    private final InputStream in;
    private final long patienceNanos;
    private final Thread watch;
    private volatile boolean waiting;
    private volatile long sinceNanos;
    private volatile boolean stalled;

    StallGuard(InputStream in, Duration patience) {
        this.in = in;
        this.patienceNanos = patience.toNanos();
        this.watch = Thread.ofVirtual().name("speech-stall").start(this::watch);
    }

    /** Fewer than {@code count} at the end. */
    byte[] read(int count) throws IOException {
        sinceNanos = System.nanoTime();
        waiting = true;
        try {
            byte[] bytes = in.readNBytes(count);
            if (stalled) {
                throw stopped(null);
            }
            return bytes;
        } catch (IOException broken) {
            throw stalled ? stopped(broken) : broken;
        } finally {
            waiting = false;
        }
    }

    private static IOException stopped(@Nullable IOException cause) {
        return new IOException("the speech server stopped in the middle of a sentence", cause);
    }

    private void watch() {
        try {
            while (!stalled) {
                Thread.sleep(Duration.ofNanos(patienceNanos / 4));
                if (waiting && System.nanoTime() - sinceNanos > patienceNanos) {
                    stalled = true;
                    in.close();
                }
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        } catch (IOException alreadyGone) {
            stalled = true;
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        in.close();
    }
}
