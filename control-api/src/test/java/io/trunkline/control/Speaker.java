package io.trunkline.control;

import io.trunkline.media.testing.RtpPeer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A far end that says one tone, packet by packet in real time, until it is closed. Owns one thread. */
final class Speaker implements AutoCloseable {
    private static final int PACKET = 160;
    private static final int RATE = 8000;

    private final RtpPeer peer;
    private final double hertz;
    private final AtomicInteger sent = new AtomicInteger();
    private final Thread thread;
    private volatile boolean over;

    Speaker(RtpPeer peer, double hertz) {
        this.peer = peer;
        this.hertz = hertz;
        this.thread = Thread.ofPlatform().start(this::run);
    }

    int millisSent() {
        return sent.get() * 20;
    }

    private void run() {
        long next = System.nanoTime();
        for (int at = 0; !over; at += PACKET) {
            peer.sendAudio(tone(at), 0, PACKET);
            sent.incrementAndGet();
            next += TimeUnit.MILLISECONDS.toNanos(20);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private short[] tone(int from) {
        short[] samples = new short[PACKET];
        for (int i = 0; i < PACKET; i++) {
            samples[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * (from + i) / RATE));
        }
        return samples;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
