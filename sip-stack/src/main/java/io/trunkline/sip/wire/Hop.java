package io.trunkline.sip.wire;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where one message goes: an address, no longer a name.
 *
 * @param name the host name it was looked up from; certificates are checked against it
 * @param tls what a TLS connection to it needs
 */
public record Hop(InetAddress address, int port, Transport transport, String name, Optional<Trunk.Tls> tls) {
    @Override
    public String toString() {
        return address.getHostAddress() + ":" + port + "/" + transport;
    }
}
