package io.trunkline.sip.jain;

import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.wire.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the far side sees our UDP socket through a NAT, from {@code received} and {@code rport} of the Via that it sends
 * back (RFC 3581). Each peer is believed for messages to itself alone.
 */
final class Mappings {
    private static final int MOST = 1000;

    private final Map<InetAddress, InetSocketAddress> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, InetSocketAddress> eldest) {
            return size() > MOST;
        }
    };

    void learn(InetAddress peer, String received, int rport) {
        if (rport <= 0 || rport > 65_535 || !received.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return;
        }
        try {
            InetSocketAddress mapped = new InetSocketAddress(InetAddress.ofLiteral(received), rport);
            synchronized (seen) {
                seen.put(peer, mapped);
            }
        } catch (IllegalArgumentException e) {
            return; // not an address after all
        }
    }

    Optional<InetSocketAddress> seen(Hop hop) {
        if (hop.transport() != Transport.UDP) {
            return Optional.empty(); // the port of a connection is nobody's way back
        }
        synchronized (seen) {
            return Optional.ofNullable(seen.get(hop.address()));
        }
    }
}
