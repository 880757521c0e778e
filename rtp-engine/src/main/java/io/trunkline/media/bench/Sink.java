package io.trunkline.media.bench;

import io.trunkline.media.crypto.SrtpGuard;
import io.trunkline.media.loop.Realtime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The far end of all calls of a benchmark, in a process of its own: a socket a call, whose arrivals the kernel stamps;
 * once in 20 ms each is read and sent a packet back. Obeys lines on its standard input: {@code go} and {@code pause}
 * bound the time in which arrivals are measured, {@code stop} prints everything and ends.
 */
public final class Sink {
    private static final long PERIOD_NANOS = 20_000_000;
    private static final long MOST_NANOS = 1_000_000_000;
    private static final long WARM_NANOS = 5_000_000_000L;
    private static final int SLOTS = 20;
    private static final int HEADER_BYTES = 12;
    private static final ValueLayout.OfInt NET_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NET_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final StampedSocket.Buffers buffers = new StampedSocket.Buffers(arena);
    private final Histogram interarrival = new Histogram(MOST_NANOS, 3);
    private final Histogram grid = new Histogram(MOST_NANOS, 3);
    private final Line[] lines;
    private final MemorySegment out;
    private final ByteBuffer sealed = ByteBuffer.allocateDirect(2048);
    private final int timestampStep;
    private final int payloadType;
    private volatile boolean counting;
    private volatile boolean ended;

    /** One call's far end. */
    private static final class Line {
        final StampedSocket socket;
        int heardTimestamp;
        long lastNanos;
        long gridNanos;
        long received;
        long sent;
        int timestamp;
        final @Nullable SrtpGuard guard;

        Line(StampedSocket socket, @Nullable SrtpGuard guard) {
            this.socket = socket;
            this.guard = guard;
        }
    }

    private Sink(int calls, int payloadType, int payloadBytes, int timestampStep, boolean srtp) {
        this.payloadType = payloadType;
        this.timestampStep = timestampStep;
        this.out = arena.allocate(HEADER_BYTES + payloadBytes, 8);
        fillSpeechLike(payloadBytes);
        lines = new Line[calls];
        for (int i = 0; i < calls; i++) {
            lines[i] = new Line(new StampedSocket(arena), srtp ? BenchKey.guard() : null);
        }
    }

    /** Neither silence nor noise: a mix of codes, so that no decoder or detector has it easy. */
    private void fillSpeechLike(int bytes) {
        out.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x80);
        out.set(ValueLayout.JAVA_BYTE, 1, (byte) payloadType);
        for (int i = 0; i < bytes; i++) {
            int code = 0xd5 ^ (int) (60 * Math.sin(i * 0.35) * Math.sin(i * 0.02));
            out.set(ValueLayout.JAVA_BYTE, HEADER_BYTES + i, (byte) code);
        }
    }

    /** Arguments: calls, payload type, payload bytes, timestamp step, whether encrypted. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Sink sink = new Sink(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Boolean.parseBoolean(args[4]));
        sink.printPorts();
        Thread worker = Thread.ofPlatform().daemon(true).name("sink").start(sink::run);
        sink.obey();
        worker.join();
        print(sink.result());
    }

    private void printPorts() {
        StringBuilder ports = new StringBuilder("ports");
        for (Line line : lines) {
            ports.append(' ').append(line.socket.port(arena));
        }
        print(ports.toString());
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void obey() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (!ended) {
            String command = commands.readLine();
            counting = "go".equals(command);
            ended = command == null || command.equals("stop");
        }
    }

    private String result() {
        long received = 0;
        long sent = 0;
        for (Line line : lines) {
            received += line.received;
            sent += line.sent;
        }
        return "result " + received + " " + sent + " " + quantiles(interarrival) + " " + quantiles(grid);
    }

    /** In nanoseconds: p50 p99 p99.9 max. */
    private static String quantiles(Histogram histogram) {
        return histogram.getValueAtPercentile(50) + " " + histogram.getValueAtPercentile(99) + " "
                + histogram.getValueAtPercentile(99.9) + " " + histogram.getMaxValue();
    }

    /** Twenty groups a millisecond apart, as the engine has its phases. */
    private void run() {
        long start = System.nanoTime();
        boolean raised = false;
        long next = start;
        for (int slot = 0; !ended; slot = (slot + 1) % SLOTS) {
            next += PERIOD_NANOS / SLOTS;
            next = pauseUntil(next);
            for (int i = slot; i < lines.length; i += SLOTS) {
                receive(lines[i]);
                send(lines[i]);
            }
            if (!raised && next - start > WARM_NANOS) {
                raised = true;
                System.err.println("sink: " + Realtime.raise());
            }
        }
    }

    /** Returns the deadline; after a stall a new one, so that no burst follows. */
    private static long pauseUntil(long deadline) {
        long wait = deadline - System.nanoTime();
        if (wait > 0) {
            LockSupport.parkNanos(wait);
        }
        return wait < -PERIOD_NANOS ? System.nanoTime() : deadline;
    }

    private void receive(Line line) {
        long stamp = line.socket.receive(buffers);
        while (stamp >= 0) {
            if ((buffers.datagram.get(ValueLayout.JAVA_BYTE, 1) & 0x7f) == payloadType) {
                line.received++;
                measure(line, buffers.datagram.get(NET_INT, 4), stamp);
            }
            stamp = line.socket.receive(buffers);
        }
    }

    /** A packet is due one period after the one before it for each packet's length that its timestamp is ahead. */
    private void measure(Line line, int timestamp, long stamp) {
        if (line.lastNanos != 0) {
            long due = PERIOD_NANOS * ((timestamp - line.heardTimestamp) / timestampStep);
            // The grid is where the earliest packet so far puts it.
            line.gridNanos = Math.min(line.gridNanos + due, stamp);
            if (counting) {
                interarrival.recordValue(Math.clamp(Math.abs(stamp - line.lastNanos - due), 0, MOST_NANOS));
                grid.recordValue(Math.clamp(stamp - line.gridNanos, 0, MOST_NANOS));
            }
        } else {
            line.gridNanos = stamp;
        }
        line.heardTimestamp = timestamp;
        line.lastNanos = stamp;
    }

    private void send(Line line) {
        if (!line.socket.hasHeard()) {
            return;
        }
        out.set(NET_SHORT, 2, (short) line.sent);
        out.set(NET_INT, 4, line.timestamp);
        line.timestamp += timestampStep;
        line.sent += line.socket.send(packet(line)) ? 1 : 0;
    }

    private MemorySegment packet(Line line) {
        SrtpGuard guard = line.guard;
        if (guard == null) {
            return out;
        }
        sealed.clear().put(out.asByteBuffer()).flip();
        boolean ready = guard.seal(sealed);
        return ready ? MemorySegment.ofBuffer(sealed) : out;
    }
}
