package io.trunkline.media.graph;

import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.sdp.MediaPlan;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whom a leg hears and is heard by: the other one of a bridge, whose packets are passed on as they are where that can
 * be, or the rest of a mixer's.
 */
final class Others {
    private final LegGraph leg;
    private final Relay relay;
    private @Nullable BridgeEnd bridge;
    private Mixer.@Nullable Seat seat;

    Others(LegGraph leg, RtpSender sender) {
        this.leg = leg;
        this.relay = new Relay(sender);
    }

    void bridge(LegGraph other) {
        unbridge();
        bridge = new BridgeEnd(other, leg.sampleRate());
    }

    void unbridge() {
        bridge = null;
        relay.stop();
    }

    void sit(Mixer.@Nullable Seat wanted) {
        Mixer.Seat before = seat;
        if (before != null) {
            before.leave();
        }
        seat = wanted;
    }

    /** Whether one of them needs the sound that is heard here. */
    boolean listen() {
        BridgeEnd end = bridge;
        return seat != null || (end != null && end.other().others().wantsSoundOf(leg));
    }

    /** A bridged leg that can relay the other's packets needs its sound only to let somebody here listen to it. */
    private boolean wantsSoundOf(LegGraph other) {
        Voice here = leg.voice();
        Voice there = other.voice();
        return leg.usesSound() || here == null || there == null || !sameCodec(here, there);
    }

    /** While one of a bridge is reminded of a recording, packets are not relayed: the beep has to go in. */
    boolean areReminded() {
        BridgeEnd end = bridge;
        return end != null && end.other().isReminded();
    }

    /** What was heard here in this tick. */
    void hear(short[] heard, int samples, int sampleRate, long nowNanos) {
        Mixer.Seat mine = seat;
        if (mine != null) {
            mine.put(heard, samples, sampleRate, nowNanos);
        }
        BridgeEnd end = bridge;
        if (end != null && end.other().others().wantsSoundOf(leg)) {
            end.other().others().put(heard, samples, sampleRate);
        }
    }

    private void put(short[] samples, int length, int sampleRate) {
        BridgeEnd end = bridge;
        if (end == null) {
            return;
        }
        if (end.rate() != leg.sampleRate()) {
            // This leg renegotiated another codec since the bridge was made.
            end = new BridgeEnd(end.other(), leg.sampleRate());
            bridge = end;
        }
        end.put(samples, length, sampleRate);
    }

    /** What they say in this tick. */
    void take(short[] said, int samples, int sampleRate, long nowNanos) {
        BridgeEnd end = bridge;
        Mixer.Seat mine = seat;
        if (end != null) {
            end.take(said, samples);
        } else if (mine != null) {
            mine.take(said, samples, sampleRate, nowNanos);
        } else {
            Arrays.fill(said, 0, samples, (short) 0);
        }
    }

    /** Whether the other one's packets go out here, so that nothing need be said. */
    boolean relayNow(long nowNanos) {
        return relay.isActive(nowNanos);
    }

    void stopRelaying() {
        relay.stop();
    }

    /** A packet that this leg received. */
    void receive(RtpPacket packet, long epoch, ByteBuffer datagram, long nowNanos) {
        BridgeEnd end = bridge;
        if (end != null) {
            end.other().others().relayFrom(leg, packet, epoch, datagram, nowNanos);
        }
    }

    /** Sent on as it is when nothing else is to be said here. */
    private void relayFrom(LegGraph from, RtpPacket packet, long epoch, ByteBuffer datagram, long nowNanos) {
        Voice here = leg.voice();
        Voice there = from.voice();
        InetSocketAddress to = leg.destination();
        if (here == null || there == null || to == null || !leg.letsThrough()) {
            return;
        }
        int type = relayedType(here, there, packet);
        if (type >= 0) {
            relay.pass(packet, epoch, datagram, type, to, nowNanos);
        }
    }

    /** Whether the peer's telephone-events reach the other leg as they are. */
    boolean passDigitsTo(LegGraph other) {
        Voice here = other.voice();
        Voice there = leg.voice();
        return here != null
                && there != null
                && sameCodec(here, there)
                && here.plan().sendDigits().isPresent();
    }

    private static boolean sameCodec(Voice here, Voice there) {
        return here.plan().codec() == there.plan().codec();
    }

    /** Our number for the peer's packet; −1 when it has to be transcoded. */
    private static int relayedType(Voice here, Voice there, RtpPacket packet) {
        boolean sameCodec = sameCodec(here, there);
        if (sameCodec && packet.payloadType() == there.plan().receive().payloadType()) {
            return here.plan().send().payloadType();
        }
        if (sameCodec && there.isNoise(packet)) {
            return packet.payloadType();
        }
        Integer clock = there.plan().receiveDigits().get(packet.payloadType());
        return here.plan()
                .sendDigits()
                .filter(ours -> sameCodec && clock != null && ours.clockRate() == clock)
                .map(MediaPlan.TelephoneEvent::payloadType)
                .orElse(-1);
    }
}
