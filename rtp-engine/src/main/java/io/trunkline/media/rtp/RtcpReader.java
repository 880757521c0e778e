package io.trunkline.media.rtp;

import java.nio.ByteBuffer;

/** Reads a stranger's compound RTCP packet; whatever does not check out ends the reading (RFC 3550 appendix A.2). */
final class RtcpReader {
    private static final int HEADER_BYTES = 4;
    private static final int BLOCK_BYTES = 24;

    /** What of it matters to us. */
    interface Reports {
        void onSenderReport(int ssrc, long ntp);

        /** A peer's view of one stream. */
        void onBlock(int aboutSsrc, int fractionLost, int cumulativeLost, int jitter, int lastReport, int delay);

        void onBye(int ssrc);
    }

    private RtcpReader() {}

    /** Returns how many of its packets were well formed. */
    static int read(ByteBuffer in, Reports reports) {
        int good = 0;
        int at = in.position();
        while (at + HEADER_BYTES <= in.limit()) {
            int first = in.get(at) & 0xff;
            int bytes = 4 * ((in.getShort(at + 2) & 0xffff) + 1);
            if ((first & 0xc0) != 0x80 || at + bytes > in.limit()) {
                return good;
            }
            readOne(in, at, bytes, reports);
            good++;
            at += bytes;
        }
        return good;
    }

    private static void readOne(ByteBuffer in, int at, int bytes, Reports reports) {
        int count = in.get(at) & 0x1f;
        switch (in.get(at + 1) & 0xff) {
            case RtcpWriter.SENDER_REPORT -> {
                if (bytes >= 28) {
                    reports.onSenderReport(in.getInt(at + 4), in.getLong(at + 8));
                    readBlocks(in, at + 28, at + bytes, count, reports);
                }
            }
            case RtcpWriter.RECEIVER_REPORT -> readBlocks(in, at + 8, at + bytes, count, reports);
            case RtcpWriter.BYE -> {
                if (count > 0 && bytes >= 8) {
                    reports.onBye(in.getInt(at + 4));
                }
            }
            default -> {
                // Descriptions, feedback and extensions say nothing we act upon.
            }
        }
    }

    private static void readBlocks(ByteBuffer in, int from, int end, int count, Reports reports) {
        int at = from;
        for (int i = 0; i < count && at + BLOCK_BYTES <= end; i++) {
            int lost = in.getInt(at + 4);
            // The lower 24 bits are signed: duplicates make a stream gain packets.
            reports.onBlock(
                    in.getInt(at),
                    lost >>> 24,
                    (lost << 8) >> 8,
                    in.getInt(at + 12),
                    in.getInt(at + 16),
                    in.getInt(at + 20));
            at += BLOCK_BYTES;
        }
    }
}
