package io.trunkline.media;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * One leg before it has negotiated.
 *
 * @param id the call's id, for events and logs
 * @param localAddress where its sockets bind
 * @param codecs what we offer or accept, best first
 * @param dtmf how digits leave
 * @param srtp what encryption the trunk asks for
 * @param alsoFrom addresses besides those in the peer's SDP that may send to us (a trunk's list), as CIDR
 * @param onLoopOf put it on the same loop as this session, so that the two can be bridged
 * @param iceLite only answer connectivity checks, never make them: for a host that everybody reaches (RFC 8445, 2.5)
 */
public record LegSpec(
        String id,
        InetAddress localAddress,
        List<Codec> codecs,
        DtmfMode dtmf,
        SrtpPolicy srtp,
        List<String> alsoFrom,
        Optional<MediaSession> onLoopOf,
        boolean iceLite) {

    public LegSpec {
        codecs = List.copyOf(codecs);
        alsoFrom = List.copyOf(alsoFrom);
    }

    public LegSpec(
            String id,
            InetAddress localAddress,
            List<Codec> codecs,
            DtmfMode dtmf,
            SrtpPolicy srtp,
            List<String> alsoFrom,
            Optional<MediaSession> onLoopOf) {
        this(id, localAddress, codecs, dtmf, srtp, alsoFrom, onLoopOf, false);
    }

    public static LegSpec of(String id, InetAddress localAddress) {
        return new LegSpec(
                id,
                localAddress,
                List.of(Codec.PCMA, Codec.PCMU, Codec.G722, Codec.OPUS),
                DtmfMode.RFC4733,
                SrtpPolicy.OFF,
                List.of(),
                Optional.empty());
    }

    public LegSpec withSrtp(SrtpPolicy wanted) {
        return new LegSpec(id, localAddress, codecs, dtmf, wanted, alsoFrom, onLoopOf, iceLite);
    }

    public LegSpec withCodecs(List<Codec> wanted) {
        return new LegSpec(id, localAddress, wanted, dtmf, srtp, alsoFrom, onLoopOf, iceLite);
    }
}
