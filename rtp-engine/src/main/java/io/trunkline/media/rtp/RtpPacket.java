package io.trunkline.media.rtp;

import java.nio.ByteBuffer;

/** A window onto an RTP packet inside a datagram (RFC 3550 section 5.1); reused for every packet of a loop. */
public final class RtpPacket {
    public static final int HEADER_BYTES = 12;
    private static final int VERSION_2 = 0x80;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int MARKER = 0x80;

    private int flags;
    private int markerAndType;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int payloadOffset;
    private int payloadLength;

    /** Reads the header; false when the datagram is not a well-formed RTP packet. */
    public boolean parse(ByteBuffer datagram) {
        int start = datagram.position();
        int end = datagram.limit();
        if (end - start < HEADER_BYTES) {
            return false;
        }
        flags = datagram.get(start) & 0xff;
        markerAndType = datagram.get(start + 1) & 0xff;
        sequence = datagram.getShort(start + 2) & 0xffff;
        timestamp = datagram.getInt(start + 4);
        ssrc = datagram.getInt(start + 8);
        payloadOffset = start + HEADER_BYTES + 4 * (flags & 0x0f);
        return (flags & 0xc0) == VERSION_2 && skipExtension(datagram, end) && cutPadding(datagram, end);
    }

    private boolean skipExtension(ByteBuffer datagram, int end) {
        if ((flags & EXTENSION) != 0) {
            if (payloadOffset + 4 > end) {
                return false;
            }
            payloadOffset += 4 + 4 * (datagram.getShort(payloadOffset + 2) & 0xffff);
        }
        return payloadOffset <= end;
    }

    private boolean cutPadding(ByteBuffer datagram, int end) {
        payloadLength = end - payloadOffset;
        if ((flags & PADDING) == 0) {
            return true;
        }
        int padding = payloadLength > 0 ? datagram.get(end - 1) & 0xff : 0;
        payloadLength -= padding;
        return padding > 0 && payloadLength >= 0;
    }

    public boolean marker() {
        return (markerAndType & MARKER) != 0;
    }

    public int payloadType() {
        return markerAndType & 0x7f;
    }

    public int sequence() {
        return sequence;
    }

    /** The raw 32 bits: compare by subtraction. */
    public int timestamp() {
        return timestamp;
    }

    public int ssrc() {
        return ssrc;
    }

    public int payloadOffset() {
        return payloadOffset;
    }

    public int payloadLength() {
        return payloadLength;
    }

    /** Writes a header without extension or contributing sources at the buffer's position. */
    public static void putHeader(
            ByteBuffer out, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
        out.put((byte) VERSION_2);
        out.put((byte) ((marker ? MARKER : 0) | payloadType));
        out.putShort((short) sequence);
        out.putInt(timestamp);
        out.putInt(ssrc);
    }
}
