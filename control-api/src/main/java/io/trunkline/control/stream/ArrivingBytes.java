package io.trunkline.control.stream;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages as one stream of bytes: a context adds, a virtual thread reads. Whoever adds heeds {@link #waiting}. */
final class ArrivingBytes extends InputStream {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private byte[] current = {};
    private int at;
    private boolean over;

    void add(byte[] message) {
        if (message.length > 0) {
            waiting.addAndGet(message.length);
            messages.add(message);
        }
    }

    void end() {
        messages.add(END);
    }

    int waiting() {
        return waiting.get();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] out, int offset, int length) {
        while (at == current.length && !over) {
            next();
        }
        int taken = Math.min(length, current.length - at);
        if (taken == 0 && over) {
            return -1;
        }
        System.arraycopy(current, at, out, offset, taken);
        at += taken;
        waiting.addAndGet(-taken);
        return taken;
    }

    private void next() {
        try {
            current = messages.take();
            at = 0;
            over = current.length == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
    }
}
