package io.trunkline.media.graph;

import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.rtp.RtpSender;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Passes a bridged peer's packets on as they come, under our own stream's identity. Gaps in sequence and time stay gaps,
 * so that the far end conceals what was lost on the way to us.
 */
final class Relay {
    private static final long PAUSE_NANOS = 60_000_000;
    private static final int NOT_RELAYING = -1;

    private final RtpSender sender;
    private int source = NOT_RELAYING;
    private long epoch = NOT_RELAYING;
    private int sequenceOffset;
    private int timestampOffset;
    private long lastNanos;

    Relay(RtpSender sender) {
        this.sender = sender;
    }

    /** Sends {@code packet} of the peer's stream {@code streamEpoch} as {@code payloadType} of ours. */
    void pass(
            RtpPacket packet,
            long streamEpoch,
            ByteBuffer datagram,
            int payloadType,
            InetSocketAddress to,
            long nowNanos) {
        boolean starts = epoch != streamEpoch || packet.ssrc() != source || !isActive(nowNanos);
        if (starts) {
            epoch = streamEpoch;
            source = packet.ssrc();
            sequenceOffset = sender.nextSequence() - packet.sequence();
            timestampOffset = sender.timestamp() - packet.timestamp();
        }
        lastNanos = nowNanos;
        sender.relay(
                to,
                starts || packet.marker(),
                payloadType,
                packet.sequence() + sequenceOffset,
                packet.timestamp() + timestampOffset,
                datagram,
                packet.payloadOffset(),
                packet.payloadLength());
    }

    /** False when the peer's stream paused: then we fill the time ourselves. */
    boolean isActive(long nowNanos) {
        return epoch != NOT_RELAYING && nowNanos - lastNanos < PAUSE_NANOS;
    }

    /** We say something ourselves: what is relayed afterwards goes on from there. */
    void stop() {
        if (epoch != NOT_RELAYING) {
            epoch = NOT_RELAYING;
            sender.markNext();
        }
    }
}
