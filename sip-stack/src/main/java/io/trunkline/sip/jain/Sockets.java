package io.trunkline.sip.jain;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Where JAIN-SIP gets its sockets: guarded by the door, connected within the limit, and by TLS as the trunk wants. */
final class Sockets implements NetworkLayer {
    private final Door door;
    private final LongAdder turnedAway;
    private final Duration connectLimit;
    private final TlsSide tls;

    Sockets(Door door, LongAdder turnedAway, Duration connectLimit, TlsSide tls) {
        this.door = door;
        this.turnedAway = turnedAway;
        this.connectLimit = connectLimit;
        this.tls = tls;
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress local) throws SocketException {
        return new GuardedDatagramSocket(new InetSocketAddress(local, port), door, turnedAway);
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return createDatagramSocket(0, new InetSocketAddress(0).getAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress local) throws IOException {
        return listen(port, backlog, local, door::admits);
    }

    private ServerSocket listen(int port, int backlog, InetAddress local, GuardedServerSocket.Guard guard)
            throws IOException {
        ServerSocket socket = new GuardedServerSocket(guard, turnedAway);
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(local, port), backlog);
        return socket;
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress local) throws IOException {
        ServerSocket plain = tls.canListen()
                ? listen(port, backlog, local, door::admitsHandshake)
                : new DeafServerSocket(local, port);
        return new TlsServerSocket(plain, tls, connectLimit);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return createSocket(address, port, null, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local) throws IOException {
        return createSocket(address, port, local, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, @Nullable InetAddress local, int localPort)
            throws IOException {
        Socket socket = new Socket();
        try {
            if (local != null && !local.isAnyLocalAddress()) {
                socket.bind(new InetSocketAddress(local, localPort));
            }
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, port), (int) connectLimit.toMillis());
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        return tls.client(createSocket(address, port), address, port, connectLimit);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress local) throws IOException {
        return tls.client(createSocket(address, port, local), address, port, connectLimit);
    }

    @Override
    public void setSipStack(SipStackImpl stack) {}
}
