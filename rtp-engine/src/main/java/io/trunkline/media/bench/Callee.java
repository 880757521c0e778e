package io.trunkline.media.bench;

import io.trunkline.media.loop.Realtime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The voice of every callee of {@code bench calls}, in a process of its own: a few sockets that SIPp's answers name by
 * turns. Each packet of a call is stamped by the kernel, measured against the call's own 20 ms grid, and answered by
 * one packet of somebody who says hello and listens. PCMU alone. {@code begin} on standard input forgets what was
 * measured so far, {@code stop} prints the result.
 *
 * <p>Owns one thread, which reads all sockets.
 */
public final class Callee {
    private static final int SOCKETS = 32;
    private static final long IDLE_NANOS = 500_000;
    private static final long PERIOD_NANOS = 20_000_000;
    private static final long MOST_NANOS = 10_000_000_000L;
    private static final int STEP = 160;
    private static final int HEADER_BYTES = 12;
    /** Forgotten streams are those of ended calls: their ports come back as others'. */
    private static final int MOST_STREAMS = 20_000;

    private static final ValueLayout.OfInt NET_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NET_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final StampedSocket.Buffers buffers = new StampedSocket.Buffers(arena);
    private final Histogram lateness = new Histogram(MOST_NANOS, 3);
    private final Histogram interarrival = new Histogram(MOST_NANOS, 3);
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final StampedSocket[] sockets = new StampedSocket[SOCKETS];
    private final MemorySegment out = arena.allocate(HEADER_BYTES + STEP, 8);
    private final byte[][] hello = Hello.frames();
    private long received;
    private long heardCalls;
    private volatile boolean beginning;
    private volatile boolean ended;

    /** One call, as heard at one of its ports. */
    private static final class Stream {
        final int ssrc;
        int timestamp;
        long lastNanos;
        long gridNanos;
        int sent;

        Stream(int ssrc, int timestamp, long stamp) {
            this.ssrc = ssrc;
            this.timestamp = timestamp;
            this.lastNanos = stamp;
            this.gridNanos = stamp;
        }
    }

    private Callee() {
        out.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x80);
        for (int i = 0; i < SOCKETS; i++) {
            sockets[i] = new StampedSocket(arena);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Callee callee = new Callee();
        StringBuilder ports = new StringBuilder("ports");
        for (StampedSocket socket : callee.sockets) {
            ports.append(' ').append(socket.port(callee.arena));
        }
        print(ports.toString());
        Thread worker = Thread.ofPlatform().daemon(true).name("callee").start(callee::run);
        callee.obey();
        callee.ended = true;
        worker.join();
        print(callee.result());
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Until it is told to stop. */
    private void obey() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String line = commands.readLine();
        while (line != null && !line.equals("stop")) {
            if (line.equals("begin")) {
                beginning = true;
            }
            line = commands.readLine();
        }
    }

    private void begin() {
        beginning = false;
        received = 0;
        heardCalls = 0;
        lateness.reset();
        interarrival.reset();
    }

    /** Packets, calls, then lateness and inter-arrival error at p50, p99, p99.9 and the most, in nanoseconds. */
    private String result() {
        return "result " + received + " " + heardCalls + " " + quantiles(lateness) + " " + quantiles(interarrival);
    }

    private static String quantiles(Histogram histogram) {
        return histogram.getValueAtPercentile(50) + " " + histogram.getValueAtPercentile(99) + " "
                + histogram.getValueAtPercentile(99.9) + " " + histogram.getMaxValue();
    }

    private void run() {
        System.err.println("callee: " + Realtime.raise());
        while (!ended) {
            if (beginning) {
                begin();
            }
            boolean idle = true;
            for (StampedSocket socket : sockets) {
                idle &= !readAll(socket);
            }
            if (idle) {
                LockSupport.parkNanos(IDLE_NANOS);
            }
        }
    }

    private boolean readAll(StampedSocket socket) {
        long stamp = socket.receive(buffers);
        boolean any = stamp >= 0;
        while (stamp >= 0) {
            if ((buffers.datagram.get(ValueLayout.JAVA_BYTE, 1) & 0x7f) == 0) {
                received++;
                answer(socket, heard(stamp));
            }
            stamp = socket.receive(buffers);
        }
        return any;
    }

    private Stream heard(long stamp) {
        int ssrc = buffers.datagram.get(NET_INT, 8);
        int timestamp = buffers.datagram.get(NET_INT, 4);
        int port = buffers.senderPort();
        Stream stream = streams.get(port);
        if (stream == null || stream.ssrc != ssrc) {
            stream = new Stream(ssrc, timestamp, stamp);
            if (streams.size() >= MOST_STREAMS) {
                streams.clear();
            }
            streams.put(port, stream);
            heardCalls++;
        } else {
            measure(stream, timestamp, stamp);
        }
        return stream;
    }

    /** The grid is where the earliest packet so far puts it: a stream that stays late is late with every packet. */
    private void measure(Stream stream, int timestamp, long stamp) {
        long due = PERIOD_NANOS * (timestamp - stream.timestamp) / STEP;
        stream.gridNanos = Math.min(stream.gridNanos + due, stamp);
        interarrival.recordValue(Math.clamp(Math.abs(stamp - stream.lastNanos - due), 0, MOST_NANOS));
        lateness.recordValue(Math.clamp(stamp - stream.gridNanos, 0, MOST_NANOS));
        stream.timestamp = timestamp;
        stream.lastNanos = stamp;
    }

    private void answer(StampedSocket socket, Stream stream) {
        out.set(NET_SHORT, 2, (short) stream.sent);
        out.set(NET_INT, 4, stream.sent * STEP);
        out.set(NET_INT, 8, stream.ssrc ^ 0x5a5a5a5a);
        MemorySegment.copy(hello[stream.sent % hello.length], 0, out, ValueLayout.JAVA_BYTE, HEADER_BYTES, STEP);
        stream.sent += socket.reply(buffers, out) ? 1 : 0;
    }
}
