package io.trunkline.sip.wire;

import io.trunkline.sip.Trunk.Transport;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a message came from, by the socket, whatever its Via says.
 *
 * @param trunkId whose verified certificate the connection showed, where it did
 */
public record Source(InetAddress address, int port, Transport transport, Optional<String> trunkId) {}
