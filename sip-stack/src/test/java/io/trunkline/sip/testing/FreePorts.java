package io.trunkline.sip.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports that are free for UDP and TCP alike at the moment of asking. */
public final class FreePorts {
    private FreePorts() {}

    public static int next() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        IOException last = new IOException("no free port");
        for (int i = 0; i < 100; i++) {
            try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
                    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()))) {
                return udp.getLocalPort();
            } catch (IOException e) {
                last = e; // taken by UDP: the next one
            }
        }
        throw new UncheckedIOException(last);
    }
}
