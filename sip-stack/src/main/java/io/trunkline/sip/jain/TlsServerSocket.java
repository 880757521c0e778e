package io.trunkline.sip.jain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLServerSocket;

/**
 * A TLS listener over a guarded one: strangers are closed before a handshake, and each connection takes the certificate
 * that is current when it comes. Settings made by JAIN-SIP are ignored; ours hold.
 */
final class TlsServerSocket extends SSLServerSocket {
    private final ServerSocket plain;
    private final TlsSide tls;
    private final Duration limit;

    TlsServerSocket(ServerSocket plain, TlsSide tls, Duration limit) throws IOException {
        super();
        this.plain = plain;
        this.tls = tls;
        this.limit = limit;
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            Socket socket = plain.accept();
            try {
                return tls.server(socket, limit);
            } catch (IOException e) {
                socket.close();
                if (plain.isClosed()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    @Override
    public boolean isClosed() {
        return plain.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
        return plain.getInetAddress();
    }

    @Override
    public int getLocalPort() {
        return plain.getLocalPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return plain.getLocalSocketAddress();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return TlsSide.suites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedCipherSuites() {
        return TlsSide.suites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return TlsSide.protocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return TlsSide.protocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setUseClientMode(boolean mode) {}

    @Override
    public boolean getUseClientMode() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
