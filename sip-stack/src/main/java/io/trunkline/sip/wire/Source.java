package io.trunkline.sip.wire;

import io.trunkline.sip.Trunk.Transport;
import java.net.InetAddress;

/** Where a message came from, by the socket, whatever its Via says. */
public record Source(InetAddress address, int port, Transport transport) {}
