package io.trunkline.media;

import java.util.List;

/**
 * How legs with connectivity checks are found.
 *
 * @param lite only answer checks, never make them: for a host that everybody reaches (RFC 8445 section 2.5)
 * @param stunServers asked, in this order, what address the world sees of a leg's socket; empty asks nobody
 */
public record IceConfig(boolean lite, List<StunServer> stunServers) {
    public static final IceConfig DEFAULT = new IceConfig(false, List.of());

    public IceConfig {
        stunServers = List.copyOf(stunServers);
    }

    /** A STUN server, by name or address. */
    public record StunServer(String host, int port) {}
}
