package io.trunkline.media.rtp;

import java.nio.ByteBuffer;

/** Writes compound RTCP packets (RFC 3550 section 6). */
final class RtcpWriter {
    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int DESCRIPTION = 202;
    static final int BYE = 203;
    private static final int VERSION_2 = 0x80;
    private static final int CNAME = 1;
    private static final int MOST_LOST = 0x7fffff;

    private final ByteBuffer out;

    RtcpWriter(ByteBuffer out) {
        this.out = out;
    }

    void senderReport(int ssrc, long ntp, int timestamp, long packets, long octets, boolean withBlock) {
        header(withBlock ? 1 : 0, SENDER_REPORT, withBlock ? 52 : 28);
        out.putInt(ssrc).putLong(ntp).putInt(timestamp).putInt((int) packets).putInt((int) octets);
    }

    void receiverReport(int ssrc, boolean withBlock) {
        header(withBlock ? 1 : 0, RECEIVER_REPORT, withBlock ? 32 : 8);
        out.putInt(ssrc);
    }

    /** Section 6.4.1: what we know of the peer's stream. */
    void block(RtpReceiver stream, int lastSenderReport, int delaySinceLast) {
        int fraction = stream.fractionLostSinceLastReport();
        int lost = (int) Math.min(MOST_LOST, stream.lost());
        out.putInt(stream.ssrc()).putInt((fraction << 24) | lost).putInt(stream.highestForReport());
        out.putInt((int) stream.jitter()).putInt(lastSenderReport).putInt(delaySinceLast);
    }

    void description(int ssrc, byte[] name) {
        int items = 2 + name.length;
        int padded = (items + 4) & ~3;
        header(1, DESCRIPTION, 8 + padded);
        out.putInt(ssrc).put((byte) CNAME).put((byte) name.length).put(name);
        for (int i = items; i < padded; i++) {
            out.put((byte) 0);
        }
    }

    void bye(int ssrc) {
        header(1, BYE, 8);
        out.putInt(ssrc);
    }

    private void header(int count, int type, int bytes) {
        out.put((byte) (VERSION_2 | count)).put((byte) type).putShort((short) (bytes / 4 - 1));
    }
}
