package io.trunkline.control.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A relay in front of a sandbox phone that loses 8 % of the packets each way and delays the rest by up to 40 ms. */
final class BadLine implements AutoCloseable {
    private static final double LOSS = 0.08;
    private static final int JITTER_MS = 40;
    private static final Pattern RTCP_PORT = Pattern.compile("(?m)^a=rtcp:[^\\r\\n]*\\r?\\n");
    private static final Pattern AUDIO_PORT = Pattern.compile("(?m)^m=audio (\\d{1,5}) ");

    private final DatagramSocket callerSide;
    private final DatagramSocket phoneSide;
    private final ScheduledExecutorService delays;
    private final SocketAddress caller;
    private final String offer;

    private BadLine(String offer) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        callerSide = new DatagramSocket(new InetSocketAddress(loopback, 0));
        phoneSide = new DatagramSocket(new InetSocketAddress(loopback, 0));
        caller = new InetSocketAddress(loopback, port(offer));
        delays = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("bad-line").factory());
        this.offer = withPort(offer, phoneSide.getLocalPort());
    }

    /** Stands between the caller who offered so and a phone that has yet to answer. */
    static BadLine behind(String offer) {
        try {
            return new BadLine(offer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The caller's offer as the phone is to see it. */
    String offer() {
        return offer;
    }

    /** The phone's answer as the caller is to see it; from here on packets flow. */
    String answered(String answer) {
        SocketAddress phone = new InetSocketAddress(InetAddress.getLoopbackAddress(), port(answer));
        relay(callerSide, phoneSide, phone, new Random(15));
        relay(phoneSide, callerSide, caller, new Random(16));
        return withPort(answer, callerSide.getLocalPort());
    }

    private static String withPort(String sdp, int port) {
        return AUDIO_PORT.matcher(RTCP_PORT.matcher(sdp).replaceAll("")).replaceFirst("m=audio " + port + " ");
    }

    private static int port(String sdp) {
        Matcher found = AUDIO_PORT.matcher(sdp);
        if (!found.find()) {
            throw new IllegalArgumentException("no audio in the SDP");
        }
        return Integer.parseInt(found.group(1));
    }

    private void relay(DatagramSocket from, DatagramSocket via, SocketAddress to, Random luck) {
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[2048];
            while (!from.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    from.receive(packet);
                    if (luck.nextDouble() >= LOSS) {
                        forward(packet, via, to, luck.nextInt(JITTER_MS));
                    }
                } catch (IOException | RejectedExecutionException ended) {
                    return; // closed with the call
                }
            }
        });
    }

    private void forward(DatagramPacket packet, DatagramSocket via, SocketAddress to, int delayMs) {
        byte[] copy = Arrays.copyOf(packet.getData(), packet.getLength());
        var _ = delays.schedule(
                () -> {
                    via.send(new DatagramPacket(copy, copy.length, to));
                    return null;
                },
                delayMs,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        callerSide.close();
        phoneSide.close();
        delays.shutdownNow();
    }
}
