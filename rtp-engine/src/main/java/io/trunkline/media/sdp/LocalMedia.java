package io.trunkline.media.sdp;

import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import java.net.InetAddress;
import java.util.List;

/**
 * Our side of a negotiation.
 *
 * @param sessionId ours for the life of the leg: digits
 * @param address what the peer shall send to
 * @param codecs what we can, best first
 * @param ptimeMs what we like to receive
 * @param rtcpMux offer RFC 5761; an offered one is always taken
 * @param direction what we want
 */
public record LocalMedia(
        long sessionId,
        InetAddress address,
        int port,
        int rtcpPort,
        List<Codec> codecs,
        int ptimeMs,
        boolean rtcpMux,
        Direction direction,
        MediaSecurity security) {
    public LocalMedia {
        codecs = List.copyOf(codecs);
    }

    public LocalMedia withDirection(Direction wanted) {
        return new LocalMedia(sessionId, address, port, rtcpPort, codecs, ptimeMs, rtcpMux, wanted, security);
    }

    public LocalMedia withCodecs(List<Codec> wanted) {
        return new LocalMedia(sessionId, address, port, rtcpPort, wanted, ptimeMs, rtcpMux, direction, security);
    }
}
