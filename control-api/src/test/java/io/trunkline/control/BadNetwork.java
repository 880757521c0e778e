package io.trunkline.control;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Between the switch and a phone: loses packets, and holds each back for a time of its own, so that they overtake one
 * another. To each side it is the other. Owns two threads.
 */
final class BadNetwork implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final ScheduledThreadPoolExecutor delays =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon(true).factory());
    private final Random random = new Random(20);
    private final double loss;
    private final int mostDelayMs;
    private final InetSocketAddress phone;
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile InetSocketAddress farSide = new InetSocketAddress(0);

    BadNetwork(double loss, int mostDelayMs, int phonePort) throws IOException {
        this.loss = loss;
        this.mostDelayMs = mostDelayMs;
        this.phone = new InetSocketAddress(socket.getLocalAddress(), phonePort);
        Thread.ofPlatform().daemon(true).start(this::run);
    }

    /** Where both sides send to. */
    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /** Where the switch is. */
    void towards(InetSocketAddress theSwitch) {
        farSide = theSwitch;
    }

    int passed() {
        return passed.get();
    }

    int lost() {
        return lost.get();
    }

    private void run() {
        byte[] buffer = new byte[2048];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
                pass(bytes, packet.getPort() == phone.getPort() ? farSide : phone);
            }
        } catch (IOException | RejectedExecutionException closed) {
            // the test is over
        }
    }

    private void pass(byte[] bytes, InetSocketAddress to) {
        if (random.nextDouble() < loss) {
            lost.incrementAndGet();
            return;
        }
        passed.incrementAndGet();
        var _ = delays.schedule(() -> send(bytes, to), random.nextInt(mostDelayMs), TimeUnit.MILLISECONDS);
    }

    private void send(byte[] bytes, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException closed) {
            delays.shutdown();
        }
    }

    @Override
    public void close() {
        socket.close();
        delays.shutdown();
    }
}
