package io.trunkline.sip.jain;

import io.trunkline.sip.wire.Hop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;

/**
 * Finds out whether a UDP port is closed. JAIN-SIP's socket is not connected, so the kernel keeps ICMP errors from it; a
 * connected one, with the keep-alive of RFC 5626 3.5.1 that no server minds, hears them.
 */
final class UdpKnock {
    private static final int PATIENCE_MS = 150;
    private static final byte[] KEEP_ALIVE = {'\r', '\n', '\r', '\n'};

    private UdpKnock() {}

    static boolean refused(Hop hop) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(hop.address(), hop.port()));
            socket.setSoTimeout(PATIENCE_MS);
            socket.send(new DatagramPacket(KEEP_ALIVE, KEEP_ALIVE.length));
            socket.receive(new DatagramPacket(new byte[64], 64));
            return false;
        } catch (PortUnreachableException e) {
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return false; // it may still be slow rather than dead
        }
    }
}
