package io.trunkline.media.rtp;

import io.trunkline.media.net.MediaSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The outgoing stream: one sequence of packets on one clock. Time that passes without a packet still moves the
 * timestamp, so the peer's playout sees a gap and never a burst.
 */
public final class RtpSender {
    private final MediaSocket socket;
    private ByteBuffer packet;
    private final int ssrc;
    private int sequence;
    private int timestamp;
    private boolean markNext = true;
    private long packets;
    private long octets;
    private long unsent;
    private int lastTimestamp;
    private long lastTimestampNanos;

    /**
     * @param shared whose send buffer is used
     * @param firstSequence random, as RFC 3550 section 5.1 asks; so is {@code firstTimestamp}
     */
    public RtpSender(MediaSocket socket, Workspace shared, int ssrc, int firstSequence, int firstTimestamp) {
        this.socket = socket;
        this.packet = shared.toSend;
        this.ssrc = ssrc;
        this.sequence = firstSequence;
        this.timestamp = firstTimestamp;
    }

    /** Sends {@code payload} at the stream's present moment. */
    public void send(InetSocketAddress to, int payloadType, byte[] payload, int offset, int length, long nowNanos) {
        send(to, payloadType, timestamp, payload, offset, length, nowNanos);
    }

    /** Sends {@code payload}, whose first sample was at {@code firstTimestamp}. */
    public void send(
            InetSocketAddress to,
            int payloadType,
            int firstTimestamp,
            byte[] payload,
            int offset,
            int length,
            long nowNanos) {
        sendAt(to, payloadType, markNext, firstTimestamp, payload, offset, length);
        markNext = false;
        lastTimestamp = firstTimestamp;
        lastTimestampNanos = nowNanos;
    }

    /** Sends with a timestamp and marker of its own: telephone-events keep the one they began at (RFC 4733). */
    public void sendAt(
            InetSocketAddress to,
            int payloadType,
            boolean marker,
            int atTimestamp,
            byte[] payload,
            int offset,
            int length) {
        packet.clear();
        RtpPacket.putHeader(packet, marker, payloadType, sequence, atTimestamp, ssrc);
        packet.put(payload, offset, length).flip();
        sequence = (sequence + 1) & 0xffff;
        transmit(to, length);
    }

    private void transmit(InetSocketAddress to, int length) {
        if (socket.guard().seal(packet) && socket.send(packet, to)) {
            packets++;
            octets += length;
        } else {
            unsent++;
        }
    }

    /** Passes another stream's payload on under a sequence number and timestamp already mapped to ours. */
    public void relay(
            InetSocketAddress to,
            boolean marker,
            int payloadType,
            int mappedSequence,
            int mappedTimestamp,
            ByteBuffer datagram,
            int offset,
            int length) {
        packet.clear();
        RtpPacket.putHeader(packet, marker, payloadType, mappedSequence & 0xffff, mappedTimestamp, ssrc);
        packet.put(packet.position(), datagram, offset, length);
        packet.position(packet.position() + length).flip();
        // Reordered packets keep their older numbers; ours go on after the newest.
        if ((short) (mappedSequence - sequence) >= 0) {
            sequence = (mappedSequence + 1) & 0xffff;
        }
        transmit(to, length);
    }

    /** The leg has moved to another loop. */
    public void use(Workspace now) {
        packet = now.toSend;
    }

    /** The clock moves on, whether something was sent or not. */
    public void advance(int ticks) {
        timestamp += ticks;
    }

    /** The next packet begins a talkspurt (RFC 3551 section 4.1): after a gap. */
    public void markNext() {
        markNext = true;
    }

    public int nextSequence() {
        return sequence;
    }

    public int ssrc() {
        return ssrc;
    }

    public int timestamp() {
        return timestamp;
    }

    /** Of the last packet of sound. */
    public int lastTimestamp() {
        return lastTimestamp;
    }

    /** When {@link #lastTimestamp} was true, for the sender report's pair of clocks. */
    public long lastTimestampNanos() {
        return lastTimestampNanos;
    }

    public long packets() {
        return packets;
    }

    public long octets() {
        return octets;
    }

    public long unsent() {
        return unsent;
    }
}
