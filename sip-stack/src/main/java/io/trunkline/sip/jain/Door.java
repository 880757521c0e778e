package io.trunkline.sip.jain;

import io.trunkline.sip.auth.TlsCaller;
import java.net.InetAddress;
import java.util.List;

/** Decides by the socket alone, before a byte is parsed. */
public interface Door {
    /** Whether a datagram or a connection from there is let in. */
    boolean admits(InetAddress address, int port);

    /** The same for the TLS port, where a stranger may still show who it is. */
    boolean admitsHandshake(InetAddress address, int port);

    /** Who may show a certificate. */
    List<TlsCaller> tlsCallers();
}
