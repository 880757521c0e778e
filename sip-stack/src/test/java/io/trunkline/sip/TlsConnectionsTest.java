package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TestPki;
import io.trunkline.sip.testing.TrunkChange;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long connections live. */
class TlsConnectionsTest {
    /** Longer than a connection may take to be made. */
    private static final int A_WHILE_MILLIS = 4000;

    @TempDir
    private Path folder;

    private static final TestPki CA = new TestPki("carrier");

    private static SSLServerSocket listener() throws Exception {
        TestPki.Issued own = CA.issue("127.0.0.1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(own.certificate().getBytes(StandardCharsets.US_ASCII)));
        byte[] key = Base64.getDecoder().decode(own.key().replaceAll("-----[A-Z ]+-----|\\s", ""));
        store.setKeyEntry(
                "own",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                new char[0],
                new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static RawMessage read(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            text.append(line).append("\r\n");
            length = line.startsWith("Content-Length:")
                    ? Integer.parseInt(line.substring(15).strip())
                    : length;
        }
        char[] body = new char[length];
        for (int at = 0; at < length; ) {
            at += in.read(body, at, length - at);
        }
        return new RawMessage(text + "\r\n" + new String(body), 0);
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Test
    void whoConnectsAndDoesNotShakeHandsIsHungUpOn() throws Exception {
        int tlsPort = FreePorts.next();
        SipConfig.Certificate own = CA.issue("127.0.0.1").in(folder, "own");
        try (Switchboard callee = new Switchboard(
                "tls-callee", c -> c.listeningOn(c.port(), tlsPort).withCertificate(own))) {
            callee.trunks(Trunk.peer("carrier", new Trunk.Host("127.0.0.1", tlsPort, Transport.TLS, 1, 1)));
            try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), tlsPort)) {
                idle.setSoTimeout(3 * A_WHILE_MILLIS);
                assertThat(idle.getInputStream().read()).isNegative();
            }
        }
    }

    /** By the connection that we have made, some time after: we may not listen for TLS at all. */
    @Test
    void theCarriersByeIsTakenAndAnswered() throws Exception {
        try (SSLServerSocket carrier = listener();
                Switchboard caller = new Switchboard("tls-caller")) {
            Trunk.Tls trust =
                    new Trunk.Tls(Optional.of(CA.rootPem()), Optional.empty(), Optional.empty(), Optional.empty());
            caller.trunks(TrunkChange.of(Trunk.peer(
                            "carrier", new Trunk.Host("127.0.0.1", carrier.getLocalPort(), Transport.TLS, 1, 1)))
                    .tls(trust)
                    .trunk());
            CallLog log = new CallLog();
            caller.call("carrier", "+15550100001", log);
            try (Socket connection = carrier.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
                OutputStream out = connection.getOutputStream();
                RawMessage invite = read(in);
                String to = invite.header("To") + ";tag=carrier";
                String sdp = Sdps.offer(50_000);
                send(
                        out,
                        "SIP/2.0 200 OK\r\nVia: " + invite.header("Via") + "\r\nFrom: " + invite.header("From")
                                + "\r\nTo: " + to + "\r\nCall-ID: " + invite.header("Call-ID") + "\r\nCSeq: "
                                + invite.header("CSeq") + "\r\nContact: <sip:carrier@127.0.0.1:"
                                + carrier.getLocalPort()
                                + ";transport=tls>\r\nContent-Type: application/sdp\r\nContent-Length: "
                                + sdp.length() + "\r\n\r\n" + sdp);
                assertThat(read(in).method()).isEqualTo("ACK");
                connection.setSoTimeout(A_WHILE_MILLIS);
                assertThatThrownBy(() -> read(in))
                        .as("it neither speaks nor closes")
                        .isInstanceOf(SocketTimeoutException.class);
                send(
                        out,
                        "BYE " + invite.header("Contact").replaceAll(".*<([^>]*)>.*", "$1")
                                + " SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:" + carrier.getLocalPort()
                                + ";branch=z9hG4bKbye\r\nMax-Forwards: 70\r\nFrom: " + to + "\r\nTo: "
                                + invite.header("From") + "\r\nCall-ID: " + invite.header("Call-ID")
                                + "\r\nCSeq: 1 BYE\r\nReason: SIP;cause=408;text=\"RTP timeout\"\r\n"
                                + "Content-Length: 0\r\n\r\n");
                connection.setSoTimeout(5000);
                assertThat(read(in).code()).isEqualTo(200);
                assertThat(log.awaitEnd().reason()).isEqualTo(SipEnd.Reason.MEDIA_TIMEOUT);
            }
        }
    }
}
