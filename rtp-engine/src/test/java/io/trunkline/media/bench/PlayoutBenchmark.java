package io.trunkline.media.bench;

import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.codec.CodecParams;
import io.trunkline.media.rtp.Decoders;
import io.trunkline.media.rtp.Playout;
import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.rtp.RtpReceiver;
import io.trunkline.media.rtp.Workspace;
import io.trunkline.media.sdp.MediaPlan;
import io.trunkline.media.sdp.MediaSecurity;
import io.trunkline.media.testing.Packets;
import io.trunkline.media.testing.ToneSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One A-law packet through parsing, statistics, jitter buffer, decoder and playout; {@code -prof gc} shows no garbage. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlayoutBenchmark {
    /** Every how many packets one is lost; 0 for none. */
    @Param({"0", "20"})
    private int lossEvery;

    private final Workspace workspace = new Workspace();
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtpPacket packet = new RtpPacket();
    private final short[] frame = new short[160];
    private Playout playout;
    private ByteBuffer datagram;
    private int sequence;
    private long nowNanos = 1;

    @Setup
    public void open() {
        MediaPlan plan = new MediaPlan(
                Codec.PCMA,
                CodecParams.of(8, 20),
                CodecParams.of(8, 20),
                Map.of(8, Codec.PCMA),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Direction.SENDRECV,
                Direction.SENDRECV,
                new MediaSecurity.Remote("RTP/AVP", List.of()));
        playout = new Playout(new Decoders(plan, 8000, workspace), 8000, workspace);
        short[] tone = ToneSource.of(440, 20).samples();
        ByteBuffer built = Packets.rtp(false, 8, 0, 0, 1, Packets.alaw(tone, 0, 160));
        datagram = ByteBuffer.allocateDirect(built.remaining()).put(built).flip();
    }

    @Benchmark
    public short packet() {
        sequence++;
        nowNanos += 20_000_000;
        if (lossEvery == 0 || sequence % lossEvery != 0) {
            datagram.putShort(2, (short) sequence).putInt(4, sequence * 160);
            packet.parse(datagram);
            long extended = receiver.onPacket(packet, nowNanos, 8000);
            playout.onAudio(packet, extended, receiver.epoch(), datagram, nowNanos);
        }
        playout.pull(frame, 160, nowNanos);
        return frame[0];
    }
}
