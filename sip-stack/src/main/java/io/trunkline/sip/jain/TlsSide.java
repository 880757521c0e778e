package io.trunkline.sip.jain;

import io.trunkline.sip.SipConfig;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.wire.Hop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS 1.2 and 1.3, certificates always verified, no ALPN (some carriers refuse any), each trunk with its own trust. */
final class TlsSide {
    private static final Logger LOG = LoggerFactory.getLogger(TlsSide.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<SipConfig.Certificate> certificate;
    private final Map<InetSocketAddress, Hop> peers = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, String> failures = new ConcurrentHashMap<>();

    private final Door door;
    private final TlsIdentities identities;

    TlsSide(Optional<SipConfig.Certificate> certificate, Door door) {
        this.certificate = certificate;
        this.door = door;
        this.identities = new TlsIdentities(door);
    }

    /** The trunk whose certificate this connection has shown. */
    Optional<String> caller(InetAddress address, int port) {
        return identities.trunk(new InetSocketAddress(address, port));
    }

    boolean canListen() {
        return certificate.isPresent();
    }

    /** Says, before a connection is made, whose certificate is expected there. */
    void expect(Hop hop) {
        InetSocketAddress address = new InetSocketAddress(hop.address(), hop.port());
        peers.put(address, hop);
        failures.remove(address);
    }

    /** Why the last handshake with it failed; JAIN-SIP itself only says that it could not connect. */
    Optional<String> failure(Hop hop) {
        return Optional.ofNullable(failures.get(new InetSocketAddress(hop.address(), hop.port())));
    }

    SSLSocket client(Socket plain, InetAddress address, int port, Duration limit) throws IOException {
        Hop hop = peers.get(new InetSocketAddress(address, port));
        String name = hop == null ? address.getHostAddress() : expectedName(hop);
        try {
            SSLContext context = TlsContexts.client(hop == null ? Optional.empty() : hop.tls());
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true);
            SSLParameters parameters = new SSLParameters(suites(), PROTOCOLS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!name.matches("[0-9.]+|.*:.*")) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) limit.toMillis());
            socket.startHandshake();
            socket.setSoTimeout(0);
            return socket;
        } catch (GeneralSecurityException | IOException e) {
            plain.close();
            failures.put(new InetSocketAddress(address, port), String.valueOf(e.getMessage()));
            throw new IOException("TLS with " + name + ": " + e.getMessage(), e);
        }
    }

    /** The trunk may expect another name than the one it is reached by. */
    private static String expectedName(Hop hop) {
        return hop.tls().flatMap(Trunk.Tls::serverName).orElse(hop.name());
    }

    SSLSocket server(Socket plain, Duration limit) throws IOException {
        try {
            SSLContext context =
                    TlsContexts.server(certificate.orElseThrow(() -> new IOException("no certificate")), identities);
            identities.forget((InetSocketAddress) plain.getRemoteSocketAddress());
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
            socket.setUseClientMode(false);
            SSLParameters parameters = new SSLParameters(suites(), PROTOCOLS);
            parameters.setWantClientAuth(!door.tlsCallers().isEmpty());
            socket.setSSLParameters(parameters);
            limitHandshake(socket, plain, limit);
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS: " + e.getMessage(), e);
        }
    }

    /** It begins with the first read, on a thread of JAIN-SIP's; who dawdles is hung up on, whatever trickles in. */
    private static void limitHandshake(SSLSocket socket, Socket plain, Duration limit) {
        AtomicBoolean done = new AtomicBoolean();
        socket.addHandshakeCompletedListener(event -> done.set(true));
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!done.get()) {
                        close(plain);
                    }
                });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            LOG.trace("already gone: {}", gone.getMessage());
        }
    }

    static String[] suites() {
        return TlsContexts.SUITES.clone();
    }

    static String[] protocols() {
        return PROTOCOLS.clone();
    }
}
