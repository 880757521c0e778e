package io.trunkline.media.net;

import java.nio.ByteBuffer;

/** Tells by the first bytes what shares a media port (RFC 7983 section 7, RFC 5761 section 4). */
public final class PacketDemux {
    public enum Kind {
        STUN,
        ZRTP,
        DTLS,
        TURN_CHANNEL,
        RTP,
        RTCP,
        UNKNOWN
    }

    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;

    private PacketDemux() {}

    public static Kind classify(ByteBuffer datagram) {
        if (datagram.remaining() < 2) {
            return Kind.UNKNOWN;
        }
        int start = datagram.position();
        int first = datagram.get(start) & 0xff;
        if (first >= 128 && first <= 191) {
            int second = datagram.get(start + 1) & 0xff;
            return second >= FIRST_RTCP_TYPE && second <= LAST_RTCP_TYPE ? Kind.RTCP : Kind.RTP;
        }
        return classifyOthers(first);
    }

    private static Kind classifyOthers(int first) {
        if (first <= 3) {
            return Kind.STUN;
        }
        if (first >= 16 && first <= 19) {
            return Kind.ZRTP;
        }
        if (first >= 20 && first <= 63) {
            return Kind.DTLS;
        }
        return first >= 64 && first <= 79 ? Kind.TURN_CHANNEL : Kind.UNKNOWN;
    }
}
