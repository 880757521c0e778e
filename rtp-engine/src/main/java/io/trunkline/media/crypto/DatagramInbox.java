package io.trunkline.media.crypto;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams on their way from the media loop to the thread of a handshake. The loop never waits: when {@link #CAPACITY}
 * datagrams stand here, further ones are dropped, as on any network.
 */
final class DatagramInbox implements DatagramTransport {
    static final int CAPACITY = 64;
    private static final int RECEIVE_LIMIT = 2048;
    private static final int SEND_LIMIT = 1200;

    private final ConcurrentLinkedQueue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Consumer<byte[]> out;
    private volatile @Nullable Thread reader;
    private volatile boolean closed;

    DatagramInbox(Consumer<byte[]> out) {
        this.out = out;
    }

    /** From the loop; false when it was dropped. */
    boolean put(byte[] datagram) {
        if (closed || size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            return false;
        }
        waiting.add(datagram);
        LockSupport.unpark(reader);
        return true;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        reader = Thread.currentThread();
        long end = System.nanoTime() + waitMillis * 1_000_000L;
        while (true) {
            byte[] datagram = waiting.poll();
            if (datagram != null) {
                size.decrementAndGet();
                int taken = Math.min(length, datagram.length);
                System.arraycopy(datagram, 0, buffer, offset, taken);
                return taken;
            }
            long left = end - System.nanoTime();
            if (closed) {
                throw new IOException("the leg has closed");
            }
            if (left <= 0) {
                return -1;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        out.accept(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(reader);
    }
}
