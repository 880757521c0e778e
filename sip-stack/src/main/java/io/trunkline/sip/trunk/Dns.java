package io.trunkline.sip.trunk;

import io.trunkline.sip.Trunk.Transport;
import java.net.InetAddress;
import java.util.List;

/** What RFC 3263 asks of DNS. Blocks. */
public interface Dns {
    record Target(String host, int port, Transport transport) {}

    /** All addresses of a name, or the address itself; empty when there is none. */
    List<InetAddress> addresses(String host);

    /** NAPTR, then SRV, in their order; empty when the name has neither. */
    List<Target> services(String domain, Transport transport);
}
