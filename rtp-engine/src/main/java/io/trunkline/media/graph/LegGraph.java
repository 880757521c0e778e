package io.trunkline.media.graph;

import io.trunkline.media.codec.Codecs;
import io.trunkline.media.codec.FrameDecoder;
import io.trunkline.media.codec.FrameEncoder;
import io.trunkline.media.loop.LoopBuffers;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.net.Latch;
import io.trunkline.media.net.MediaSocket;
import io.trunkline.media.play.EncodedFrame;
import io.trunkline.media.play.PcmRate;
import io.trunkline.media.play.PlayQueue;
import io.trunkline.media.rtp.Playout;
import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.rtp.RtpReceiver;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.sdp.MediaPlan;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One leg's whole media path. {@link #assemble} is its map, in the order in which a packet passes. */
public final class LegGraph implements Arrivals.Receiver {
    private static final int RATE_BEFORE_NEGOTIATION = 8000;

    /** What changes with a negotiation. */
    private record Voice(MediaPlan plan, FrameDecoder decoder, Playout playout, Packetizer packetizer) {
        int sampleRate() {
            return decoder.sampleRate();
        }
    }

    private final LoopBuffers shared;
    private final Latch latch;
    private final Arrivals arrivals;
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtpSender sender;
    private final PlayQueue playQueue;
    private final Tee heard = new Tee();
    private final Tee said = new Tee();
    private final BothWays recorders;
    private @Nullable Voice voice;
    private boolean outboundMuted;
    private boolean inboundMuted;

    /** Both directions of the same tick, side by side: for recorders. */
    public interface BothWays {
        void onTick(short[] heard, short[] said, int samples, int sampleRate);

        void onSkipped(long ticks, int sampleRate);
    }

    public LegGraph(
            MediaSocket socket,
            Latch latch,
            RtpSender sender,
            PlayQueue playQueue,
            BothWays recorders,
            LoopBuffers shared) {
        this.shared = shared;
        this.latch = latch;
        this.arrivals = new Arrivals(socket, latch, shared, this);
        this.sender = sender;
        this.playQueue = playQueue;
        this.recorders = recorders;
    }

    /** A negotiation's outcome: keeps the streams' identity, changes what has to change. */
    public void apply(MediaPlan plan, List<AddressBlock> alsoFrom, long nowNanos) {
        arrivals.hearEveryone();
        plan.remoteRtp().ifPresent(remote -> latch.announce(remote, alsoFrom, nowNanos));
        Voice before = voice;
        if (before == null || !sameFormat(before.plan, plan)) {
            release(before);
            voice = assemble(plan);
            playQueue.codec(plan.codec());
        } else {
            voice = new Voice(plan, before.decoder, before.playout, before.packetizer);
        }
    }

    private static boolean sameFormat(MediaPlan before, MediaPlan now) {
        return before.codec() == now.codec()
                && before.send().equals(now.send())
                && before.receive().equals(now.receive());
    }

    /**
     * In: socket → demultiplexer → latch → statistics → playout (jitter buffer, decoder, concealment) → mute → tee.
     * Out: bridge, digits or play queue → mute → tee → encoder → packets → socket.
     */
    private Voice assemble(MediaPlan plan) {
        int pcmRate = PcmRate.of(plan.codec());
        FrameDecoder decoder = Codecs.decoder(plan.codec(), plan.receive().withPcmRate(pcmRate));
        Playout playout =
                new Playout(decoder, plan.receive().payloadType(), plan.codec().clockRate(), shared.decoded);
        FrameEncoder encoder = Codecs.encoder(plan.codec(), plan.send().withPcmRate(pcmRate));
        return new Voice(plan, decoder, playout, new Packetizer(plan, encoder, sender, shared.payload));
    }

    /** One turn: reads, hears, says. {@code ticks} is more than one when turns were missed. */
    public void tick(long nowNanos, long ticks, int tickMillis) {
        Voice now = voice;
        int sampleRate = now == null ? RATE_BEFORE_NEGOTIATION : now.sampleRate();
        int samples = sampleRate * tickMillis / 1000;
        if (ticks > 1) {
            skip(now, ticks - 1, tickMillis, samples, sampleRate);
        }
        arrivals.read(nowNanos);
        arrivals.connectWhenLocked();
        hear(now, samples, nowNanos);
        EncodedFrame ready = say(samples);
        heard.onFrame(shared.heard, samples, nowNanos);
        said.onFrame(shared.said, samples, nowNanos);
        recorders.onTick(shared.heard, shared.said, samples, sampleRate);
        send(now, samples, ready, nowNanos);
        advance(now, 1, tickMillis);
    }

    /** Missed turns leave a gap in what we say, never a burst. */
    private void skip(@Nullable Voice now, long missed, int tickMillis, int samples, int sampleRate) {
        recorders.onSkipped(missed * samples, sampleRate);
        sender.markNext();
        if (now != null) {
            now.packetizer.forget();
        }
        advance(now, missed, tickMillis);
    }

    private void advance(@Nullable Voice now, long ticks, int tickMillis) {
        int clockRate = now == null ? RATE_BEFORE_NEGOTIATION : now.plan.codec().clockRate();
        sender.advance((int) (ticks * clockRate * tickMillis / 1000));
    }

    private void hear(@Nullable Voice now, int samples, long nowNanos) {
        if (now == null) {
            Arrays.fill(shared.heard, 0, samples, (short) 0);
            return;
        }
        now.playout.pull(shared.heard, samples, nowNanos);
        if (inboundMuted || !now.plan.receives()) {
            Arrays.fill(shared.heard, 0, samples, (short) 0);
        }
    }

    private @Nullable EncodedFrame say(int samples) {
        boolean playing = playQueue.next(shared.said, samples);
        if (!playing || outboundMuted) {
            Arrays.fill(shared.said, 0, samples, (short) 0);
            return null;
        }
        return playQueue.lastEncoded();
    }

    private void send(@Nullable Voice now, int samples, @Nullable EncodedFrame ready, long nowNanos) {
        InetSocketAddress to = latch.remote();
        if (now == null
                || to == null
                || !now.plan.sends()
                || now.plan.remoteRtp().isEmpty()) {
            sender.markNext();
            return;
        }
        now.packetizer.say(shared.said, samples, ready, to, nowNanos);
    }

    @Override
    public boolean knows(RtpPacket packet) {
        Voice now = voice;
        return now != null
                && (now.plan.receiveTypes().containsKey(packet.payloadType())
                        || now.plan.receiveDigits().containsKey(packet.payloadType())
                        || packet.payloadType() == MediaPlan.COMFORT_NOISE);
    }

    @Override
    public void onRtp(RtpPacket packet, ByteBuffer datagram, long nowNanos) {
        Voice now = voice;
        if (now == null) {
            return;
        }
        int type = packet.payloadType();
        long sequence = receiver.onPacket(packet, nowNanos, now.plan.codec().clockRate());
        if (sequence < 0) {
            return;
        }
        if (type == now.plan.receive().payloadType() || type == MediaPlan.COMFORT_NOISE) {
            now.playout.onPacket(packet, sequence, receiver.epoch(), datagram, nowNanos);
        } else {
            now.playout.onOther(packet, sequence, receiver.epoch(), datagram);
        }
    }

    @Override
    public void onRtcp(ByteBuffer datagram, long nowNanos) {}

    public void mute(boolean outbound, boolean inbound) {
        outboundMuted = outbound;
        inboundMuted = inbound;
    }

    public Tee heard() {
        return heard;
    }

    public Tee said() {
        return said;
    }

    public int sampleRate() {
        Voice now = voice;
        return now == null ? RATE_BEFORE_NEGOTIATION : now.sampleRate();
    }

    public RtpReceiver receiver() {
        return receiver;
    }

    public long packetsIn() {
        return arrivals.total();
    }

    public long strays() {
        return arrivals.strays();
    }

    public long late() {
        Voice now = voice;
        return now == null ? 0 : now.playout.late();
    }

    public boolean expectsMedia() {
        Voice now = voice;
        return now != null && now.plan.receives();
    }

    public long lastHeardNanos() {
        return arrivals.lastNanos();
    }

    private static void release(@Nullable Voice old) {
        if (old != null) {
            old.decoder.close();
            old.packetizer.close();
        }
    }

    public void close() {
        release(voice);
        voice = null;
    }
}
