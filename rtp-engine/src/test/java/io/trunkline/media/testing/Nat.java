package io.trunkline.media.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A STUN server that tells every socket another address than its own, and a router behind that address: what comes to it
 * goes to the socket that asked last, from an address of the router's, and back. On real sockets of loopback.
 */
public final class Nat implements AutoCloseable {
    private static final int COOKIE = 0x2112A442;

    private final DatagramChannel stun = open();
    private final DatagramChannel outside = open();
    private final DatagramChannel inside = open();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Deque<byte[]> kept = new ArrayDeque<>();
    private volatile int repeatAfter;
    private volatile InetSocketAddress behind;
    private volatile InetSocketAddress visitor;

    public Nat() throws IOException {
        Thread.ofPlatform().daemon(true).start(() -> serve(stun, this::tell));
        Thread.ofPlatform().daemon(true).start(() -> serve(outside, this::inwards));
        Thread.ofPlatform().daemon(true).start(() -> serve(inside, this::outwards));
    }

    private static DatagramChannel open() throws IOException {
        return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private interface Handler {
        void on(ByteBuffer datagram, InetSocketAddress from) throws IOException;
    }

    private static void serve(DatagramChannel channel, Handler handler) {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        try {
            while (true) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                handler.on(buffer.flip(), from);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    public InetSocketAddress stunServer() throws IOException {
        return (InetSocketAddress) stun.getLocalAddress();
    }

    /** What it tells to everybody. */
    public InetSocketAddress told() {
        return (InetSocketAddress) outside.socket().getLocalSocketAddress();
    }

    /** Everything from now on goes to this socket. */
    public void leadTo(InetSocketAddress socket) {
        behind = socket;
    }

    /** Datagrams that went through, either way. */
    public int passed() {
        return passed.get();
    }

    /** RFC 8489 section 14.2, without any attribute that would not be needed. */
    private void tell(ByteBuffer request, InetSocketAddress from) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(32);
        answer.putShort((short) 0x0101).putShort((short) 12).putInt(COOKIE);
        answer.put(request.slice(8, 12));
        answer.putShort((short) 0x0020).putShort((short) 8).putShort((short) 1);
        answer.putShort((short) (told().getPort() ^ (COOKIE >>> 16)));
        answer.putInt(ByteBuffer.wrap(told().getAddress().getAddress()).getInt() ^ COOKIE);
        stun.send(answer.flip(), from);
    }

    private void inwards(ByteBuffer datagram, InetSocketAddress from) throws IOException {
        visitor = from;
        pass(inside, datagram, behind);
    }

    private void outwards(ByteBuffer datagram, InetSocketAddress from) throws IOException {
        if (from.equals(behind)) {
            repeat(datagram);
            pass(outside, datagram, visitor);
        }
    }

    /** From now on each datagram that leaves goes out again once so many others have. */
    public void repeatAfter(int others) {
        repeatAfter = others;
    }

    private void repeat(ByteBuffer datagram) throws IOException {
        if (repeatAfter == 0 || visitor == null) {
            return;
        }
        byte[] copy = new byte[datagram.remaining()];
        datagram.duplicate().get(copy);
        kept.add(copy);
        if (kept.size() > repeatAfter) {
            outside.send(ByteBuffer.wrap(kept.remove()), visitor);
            repeated.incrementAndGet();
        }
    }

    /** Datagrams that were sent once more. */
    public int repeated() {
        return repeated.get();
    }

    private void pass(DatagramChannel through, ByteBuffer datagram, InetSocketAddress to) throws IOException {
        if (to != null) {
            passed.incrementAndGet();
            through.send(datagram, to);
        }
    }

    @Override
    public void close() throws IOException {
        stun.close();
        outside.close();
        inside.close();
    }
}
