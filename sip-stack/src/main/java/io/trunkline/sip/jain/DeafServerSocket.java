package io.trunkline.sip.jain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;

/**
 * Listens nowhere. JAIN-SIP calls out over TLS only where it has a TLS listening point; without a certificate of our own
 * there is nothing to listen with.
 */
final class DeafServerSocket extends ServerSocket {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final InetSocketAddress address;

    DeafServerSocket(InetAddress address, int port) throws IOException {
        super();
        this.address = new InetSocketAddress(address, port);
    }

    @Override
    public Socket accept() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketException("closed");
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        super.close();
    }

    @Override
    public InetAddress getInetAddress() {
        return address.getAddress();
    }

    @Override
    public int getLocalPort() {
        return address.getPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return address;
    }
}
