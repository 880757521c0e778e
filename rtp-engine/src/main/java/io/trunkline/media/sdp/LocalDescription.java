package io.trunkline.media.sdp;

import io.trunkline.media.Direction;
import io.trunkline.media.sdp.MediaSecurity.Secured;
import io.trunkline.media.sdp.Sdp.Attribute;
import io.trunkline.media.sdp.Sdp.Connection;
import io.trunkline.media.sdp.Sdp.Media;
import io.trunkline.media.sdp.Sdp.Origin;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes our own description. */
final class LocalDescription {
    private static final String LONGEST_MS = "60";

    private LocalDescription() {}

    static Media offered(LocalMedia local, List<Format> formats, Optional<Media> current) {
        List<Attribute> extra = new ArrayList<>();
        Secured secured = local.security().offer();
        if (secured.attributes().stream().noneMatch(a -> a.name().equals("mid"))) {
            current.flatMap(m -> m.attributes().stream()
                            .filter(a -> a.name().equals("mid"))
                            .findFirst())
                    .ifPresent(extra::add);
        }
        return section(local, formats, local.direction(), local.rtcpMux(), secured, extra);
    }

    static Media answered(LocalMedia local, List<Format> formats, PeerAudio theirs, Secured secured) {
        List<Attribute> extra = theirs.lines()
                .value("mid")
                .map(mid -> List.of(new Attribute("mid", mid)))
                .orElse(List.of());
        Direction direction = Directions.against(local.direction(), theirs.direction());
        return section(local, formats, direction, theirs.mux(), secured, extra);
    }

    /** The peer's format with our own parameters: fmtp says what its writer likes to receive. */
    static Format ours(Format theirs) {
        return theirs.codec()
                .map(codec -> Format.of(theirs.payloadType(), codec))
                .map(own -> new Format(
                        own.payloadType(), theirs.encoding(), own.clockRate(), theirs.channels(), own.fmtp()))
                .orElse(theirs);
    }

    static Sdp assemble(LocalMedia local, List<Media> sections, List<Attribute> attributes, Optional<Sdp> current) {
        Connection here = connection(local.address());
        String session = Long.toUnsignedString(local.sessionId());
        long version = current.map(sdp -> sdp.origin().version()).orElse(1L);
        Origin origin = new Origin("-", session, version, here);
        Sdp next = new Sdp(origin, "-", Optional.of(here), attributes, sections);
        boolean changed = current.filter(sdp -> !sdp.equals(next)).isPresent();
        return changed ? next.withVersion(version + 1) : next;
    }

    private static Connection connection(InetAddress address) {
        String literal = address.getHostAddress();
        int zone = literal.indexOf('%');
        return new Connection(
                address instanceof Inet6Address ? "IP6" : "IP4", zone < 0 ? literal : literal.substring(0, zone));
    }

    private static Media section(
            LocalMedia local,
            List<Format> formats,
            Direction direction,
            boolean mux,
            Secured secured,
            List<Attribute> extra) {
        List<Attribute> lines = new ArrayList<>(extra);
        for (Format format : formats) {
            lines.add(format.rtpmap());
            format.fmtpLine().ifPresent(lines::add);
        }
        lines.add(new Attribute("ptime", String.valueOf(local.ptimeMs())));
        lines.add(new Attribute("maxptime", LONGEST_MS));
        lines.add(Directions.attribute(direction));
        if (mux) {
            lines.add(Attribute.flag("rtcp-mux"));
        }
        if (local.rtcpPort() != local.port() + 1 && local.rtcpPort() != local.port()) {
            lines.add(new Attribute("rtcp", String.valueOf(local.rtcpPort())));
        }
        lines.addAll(secured.attributes());
        List<String> numbers =
                formats.stream().map(f -> String.valueOf(f.payloadType())).toList();
        return new Media("audio", local.port(), secured.protocol(), numbers, Optional.empty(), lines);
    }
}
