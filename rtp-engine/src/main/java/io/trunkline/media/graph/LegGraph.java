package io.trunkline.media.graph;

import io.trunkline.media.codec.Codecs;
import io.trunkline.media.codec.FrameEncoder;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.net.Latch;
import io.trunkline.media.net.MediaSocket;
import io.trunkline.media.net.PacketDemux;
import io.trunkline.media.play.EncodedFrame;
import io.trunkline.media.play.LiveFeed;
import io.trunkline.media.play.PcmRate;
import io.trunkline.media.play.PlayQueue;
import io.trunkline.media.rtp.Decoders;
import io.trunkline.media.rtp.Playout;
import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.rtp.RtpReceiver;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.rtp.Workspace;
import io.trunkline.media.sdp.MediaPlan;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One leg's whole media path. {@link #assemble} is its map, in the order in which a packet passes. */
public final class LegGraph implements Arrivals.Receiver {
    private static final int RATE_BEFORE_NEGOTIATION = 8000;

    /** What digits did with a turn. */
    public enum DigitTurn {
        /** Nothing: whatever else is to be said goes out. */
        NONE,
        /** They wrote sound. */
        SOUND,
        /** They sent this turn's packet. */
        SENT
    }

    /** What a leg does with the rest of what arrives. */
    public interface Side {
        /** A telephone-event packet of the peer (RFC 4733). */
        void onDigitPacket(RtpPacket packet, ByteBuffer datagram, long nowNanos);

        /** RTCP that came on the RTP port (RFC 5761). */
        void onRtcp(ByteBuffer datagram, long nowNanos);

        /** STUN or DTLS that came on the RTP port; false when nobody expects it. */
        boolean onConnectivity(PacketDemux.Kind kind, ByteBuffer datagram, InetSocketAddress from, long nowNanos);

        /** A digit's turn in place of what else would be said. */
        DigitTurn sayDigit(short[] said, int samples, int sampleRate);

        /** Both directions of the same tick, for recorders. */
        void onTick(short[] heard, short[] said, int samples, int sampleRate);

        /** Turns that never came, in samples. */
        void onSkipped(long samples, int sampleRate);

        /** Whether somebody needs the sound of this tick. */
        boolean records();

        /** What reminds both sides of a recording; null while nothing does. */
        @Nullable
        Beeper beeper();
    }

    private Workspace shared;
    private final Latch latch;
    private final Arrivals arrivals;
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtpSender sender;
    private final Others others;
    private final PlayQueue playQueue;
    private @Nullable LiveFeed feed;
    private final Tee heard = new Tee();
    private final Tee said = new Tee();
    private final Side side;
    private @Nullable Voice voice;
    private boolean listening;
    private boolean outboundMuted;
    private boolean inboundMuted;

    public LegGraph(
            MediaSocket socket, Latch latch, RtpSender sender, PlayQueue playQueue, Side side, Workspace shared) {
        this.shared = shared;
        this.latch = latch;
        this.arrivals = new Arrivals(socket, latch, shared, this);
        this.sender = sender;
        this.others = new Others(this, sender);
        this.playQueue = playQueue;
        this.side = side;
    }

    /** A negotiation's outcome: keeps the streams' identity, changes what has to change. */
    public void apply(MediaPlan plan, List<AddressBlock> alsoFrom, long nowNanos) {
        arrivals.hearEveryone();
        plan.remoteRtp().ifPresent(remote -> latch.announce(remote, alsoFrom, nowNanos));
        Voice before = voice;
        if (before != null && before.sameFormatAs(plan)) {
            voice = before.with(plan);
            return;
        }
        close();
        voice = assemble(plan);
        playQueue.codec(plan.codec());
    }

    /**
     * In: socket → demultiplexer → latch → statistics → playout (jitter buffer, decoders, concealment) → mute → tee →
     * beep → the others. Out: digits, play queue, live feed, bridge or mixer → mute → beep → tee → encoder → packets →
     * socket.
     */
    private Voice assemble(MediaPlan plan) {
        int pcmRate = PcmRate.of(plan.codec());
        Decoders decoders = new Decoders(plan, pcmRate, shared);
        Playout playout = new Playout(decoders, plan.codec().clockRate(), shared);
        FrameEncoder encoder = Codecs.encoder(plan.codec(), plan.send().withPcmRate(pcmRate));
        return new Voice(plan, decoders, playout, new Packetizer(plan, encoder, sender, shared));
    }

    /** One turn: reads, hears, says. {@code ticks} is more than one when turns were missed. */
    public void tick(long nowNanos, long ticks, int tickMillis) {
        Voice now = voice;
        int samples = sampleRate() * tickMillis / 1000;
        if (ticks > 1) {
            skip(now, ticks - 1, tickMillis, samples);
        }
        read(nowNanos);
        hear(now, samples, nowNanos);
        heard.onFrame(shared.heard, samples, sampleRate(), nowNanos);
        beepToOthers(samples);
        others.hear(shared.heard, samples, sampleRate(), nowNanos);
        say(now, samples, nowNanos);
        said.onFrame(shared.said, samples, sampleRate(), nowNanos);
        side.onTick(shared.heard, shared.said, samples, sampleRate());
        advance(now, 1, tickMillis);
    }

    /** Takes what has arrived; a bridged leg does so every millisecond. */
    public void read(long nowNanos) {
        arrivals.read(nowNanos);
        arrivals.connectWhenLocked();
    }

    /** Missed turns leave a gap in what we say, never a burst. */
    private void skip(@Nullable Voice now, long missed, int tickMillis, int samples) {
        side.onSkipped(missed * samples, sampleRate());
        sender.markNext();
        if (now != null) {
            now.packetizer().forget();
        }
        advance(now, missed, tickMillis);
    }

    private void advance(@Nullable Voice now, long ticks, int tickMillis) {
        int clockRate = now == null ? RATE_BEFORE_NEGOTIATION : now.clockRate();
        sender.advance((int) (ticks * clockRate * tickMillis / 1000));
    }

    private void hear(@Nullable Voice now, int samples, long nowNanos) {
        boolean wanted = now != null && isHeardBySomebody();
        if (now != null && wanted) {
            now.playout().pull(shared.heard, samples, nowNanos);
        } else if (now != null && listening) {
            now.playout().forget();
        }
        listening = wanted;
        if (now == null || !wanted || inboundMuted || !now.plan().receives()) {
            Arrays.fill(shared.heard, 0, samples, (short) 0);
        }
    }

    /** Decoding is left out while nobody listens. */
    private boolean isHeardBySomebody() {
        return !heard.isEmpty() || side.records() || others.listen();
    }

    /** Whether what others say is needed here as sound, not only as packets. */
    boolean usesSound() {
        return !said.isEmpty() || side.records() || hasOwnToSay() || beeps();
    }

    /** Detectors hear the peer as it is; the beep is for whoever is on the other side. */
    private void beepToOthers(int samples) {
        Beeper beeper = side.beeper();
        if (beeper != null) {
            beeper.turn(samples, sampleRate());
            beeper.mix(shared.heard, samples);
        }
    }

    private boolean beeps() {
        return isReminded() || others.areReminded();
    }

    /** Of a recording, by a beep. */
    boolean isReminded() {
        return side.beeper() != null;
    }

    private void say(@Nullable Voice now, int samples, long nowNanos) {
        EncodedFrame ready = null;
        if (feed != null) {
            feed.turn();
        }
        DigitTurn digit = side.sayDigit(shared.said, samples, sampleRate());
        boolean playing = digit == DigitTurn.NONE
                && arrivals.canAnswer()
                && (playQueue.next(shared.said, samples) || sayFed(samples));
        if (playing) {
            ready = playQueue.lastEncoded();
        } else if (digit == DigitTurn.NONE) {
            others.take(shared.said, samples, sampleRate(), nowNanos);
        }
        if (outboundMuted) {
            Arrays.fill(shared.said, 0, samples, (short) 0);
            ready = null;
        }
        Beeper beeper = side.beeper();
        if (beeper != null && beeper.mix(shared.said, samples)) {
            ready = null;
        }
        boolean ownSound = playing || digit == DigitTurn.SOUND || beeps() || !others.relayNow(nowNanos);
        if (digit != DigitTurn.SENT && ownSound) {
            send(now, samples, ready, nowNanos);
        }
    }

    private boolean sayFed(int samples) {
        LiveFeed live = feed;
        return live != null && live.next(shared.said, samples, sampleRate());
    }

    private void send(@Nullable Voice now, int samples, @Nullable EncodedFrame ready, long nowNanos) {
        InetSocketAddress to = destination();
        if (now == null || to == null) {
            sender.markNext();
        } else {
            others.stopRelaying();
            now.packetizer().say(shared.said, samples, ready, to, nowNanos);
        }
    }

    /** Where packets go now; null while none may be sent. */
    public @Nullable InetSocketAddress destination() {
        Voice now = voice;
        return now != null && now.plan().sends() ? latch.remote() : null;
    }

    @Override
    public boolean isNegotiated() {
        return voice != null;
    }

    @Override
    public boolean knows(RtpPacket packet) {
        Voice now = voice;
        return now != null && (now.isAudio(packet) || now.isDigit(packet) || now.isNoise(packet));
    }

    @Override
    public void onRtp(RtpPacket packet, ByteBuffer datagram, long nowNanos) {
        Voice now = voice;
        long sequence = now == null ? -1 : receiver.onPacket(packet, nowNanos, now.clockRate());
        if (now == null || sequence < 0) {
            return;
        }
        if (!inboundMuted) {
            others.receive(packet, receiver.epoch(), datagram, nowNanos);
        }
        if (now.isDigit(packet)) {
            now.playout().onOther(packet, sequence, receiver.epoch(), datagram);
            side.onDigitPacket(packet, datagram, nowNanos);
        } else if (isHeardBySomebody()) {
            now.playout().onAudio(packet, sequence, receiver.epoch(), datagram, nowNanos);
        }
    }

    @Override
    public void onRtcp(ByteBuffer datagram, long nowNanos) {
        side.onRtcp(datagram, nowNanos);
    }

    @Override
    public boolean onConnectivity(PacketDemux.Kind kind, ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        return side.onConnectivity(kind, datagram, from, nowNanos);
    }

    /** Joins this leg with another of the same loop; each is to be told. */
    public void bridge(LegGraph other) {
        others.bridge(other);
    }

    public void unbridge() {
        others.unbridge();
    }

    /** Takes a seat among three and more; null leaves it. */
    public void sit(Mixer.@Nullable Seat wanted) {
        others.sit(wanted);
    }

    Others others() {
        return others;
    }

    @Nullable
    Voice voice() {
        return voice;
    }

    /** Whether others' packets may go out here as they are. */
    boolean letsThrough() {
        return !outboundMuted && !hasOwnToSay() && !beeps();
    }

    private boolean hasOwnToSay() {
        LiveFeed live = feed;
        return !playQueue.isEmpty() || (live != null && !live.isEmpty());
    }

    /** Live sound from outside, said while no playback is; null takes it away. */
    public void feed(@Nullable LiveFeed wanted) {
        feed = wanted;
    }

    public @Nullable LiveFeed feed() {
        return feed;
    }

    /** Whether the peer's telephone-events reach the other leg as they are. */
    public boolean passesDigitsTo(LegGraph other) {
        return others.passDigitsTo(other);
    }

    /** The leg has moved to another loop, between two turns. */
    public void use(Workspace now) {
        shared = now;
        arrivals.use(now);
        sender.use(now);
        Voice moving = voice;
        if (moving != null) {
            moving.playout().use(now);
            moving.packetizer().use(now);
        }
    }

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

    public @Nullable MediaPlan plan() {
        Voice now = voice;
        return now == null ? null : now.plan();
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
        return now == null ? 0 : now.playout().late();
    }

    /** The wait in the jitter buffer, in microseconds. */
    public long playoutDelayMicros() {
        Voice now = voice;
        return now == null ? 0 : now.playout().wantedDelayMicros();
    }

    public boolean expectsMedia() {
        Voice now = voice;
        return now != null && now.plan().receives();
    }

    public long lastHeardNanos() {
        return arrivals.lastNanos();
    }

    public void close() {
        Voice now = voice;
        voice = null;
        if (now != null) {
            now.close();
        }
    }
}
