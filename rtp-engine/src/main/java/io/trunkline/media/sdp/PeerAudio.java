package io.trunkline.media.sdp;

import io.trunkline.media.Direction;
import io.trunkline.media.sdp.Sdp.Connection;
import io.trunkline.media.sdp.Sdp.Media;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * One audio section of the peer, with what it means.
 *
 * @param checked connectivity checks find its address: what stands in the description is no hint of a hold
 */
record PeerAudio(
        Media media,
        List<Format> formats,
        MediaSecurity.Remote lines,
        Optional<Connection> connection,
        boolean checked) {
    private static final int SHORTEST_MS = 10;
    private static final int LONGEST_MS = 60;

    static PeerAudio of(Sdp sdp, Media media, MediaSecurity security) {
        MediaSecurity.Remote lines = new MediaSecurity.Remote(media.protocol(), sdp.attributesOf(media));
        return new PeerAudio(
                media,
                Format.of(media),
                lines,
                media.connection().or(sdp::connection),
                security.checksConnectivity(lines));
    }

    /** The address to send to; empty when it is held the old way (RFC 3264 section 8.4, RFC 6157 section 4.2). */
    Optional<InetAddress> address() {
        return (checked ? Optional.<Connection>empty() : connection)
                .map(Connection::address)
                .filter(text -> !text.endsWith(".invalid"))
                .map(Addresses::literal)
                .filter(address -> !address.isAnyLocalAddress());
    }

    Optional<InetSocketAddress> rtp() {
        return address().map(address -> new InetSocketAddress(address, media.port()));
    }

    /** RFC 3605: the a=rtcp line, else the next port; with rtcp-mux (RFC 5761) the same port. */
    Optional<InetSocketAddress> rtcp(boolean mux) {
        if (mux) {
            return rtp();
        }
        String[] line = lines.value("rtcp").orElse("").split("\\s+", -1);
        int named = Numbers.parse(line[0], 65_535);
        int port = named > 0 ? named : media.port() + 1;
        Optional<InetAddress> host = line.length == 4 ? Optional.of(Addresses.literal(line[3])) : address();
        return port > 65_535 ? Optional.empty() : host.map(address -> new InetSocketAddress(address, port));
    }

    boolean mux() {
        return lines.has("rtcp-mux");
    }

    Direction direction() {
        Direction said = Directions.read(lines.attributes());
        return Directions.of(
                Directions.sends(said),
                Directions.receives(said) && (checked || address().isPresent()));
    }

    /** The packet length the peer asks for: its ptime within its maxptime and what we can, else ours. */
    int ptimeMs(int otherwise) {
        int wanted = milliseconds("ptime").filter(PeerAudio::possible).orElse(otherwise);
        int most = milliseconds("maxptime").filter(PeerAudio::possible).orElse(LONGEST_MS);
        return Math.min(wanted, most);
    }

    private Optional<Integer> milliseconds(String name) {
        return lines.value(name).map(text -> Numbers.parse(text, 1_000));
    }

    /** Frames are counted in tens of milliseconds. */
    private static boolean possible(int ms) {
        return ms >= SHORTEST_MS && ms <= LONGEST_MS && ms % SHORTEST_MS == 0;
    }
}
