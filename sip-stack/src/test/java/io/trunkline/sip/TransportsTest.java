package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TestPki;
import io.trunkline.sip.testing.TrunkChange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same call over TCP and TLS, and what goes wrong there. */
class TransportsTest {
    private static final TestPki CA = new TestPki("Test CA");

    @TempDir
    private Path folder;

    private static Trunk trunk(String host, int port, Transport transport) {
        return Trunk.peer("t", new Trunk.Host(host, port, transport, 1, 1));
    }

    private static void wholeCall(Switchboard ours, Switchboard carrier) {
        CallLog log = new CallLog();
        SipCall call = ours.call("t", "+15550100001", log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().ring("");
        in.call().answer(Sdps.offer(50000));
        log.await(SipEvent.Ringing.class);
        log.await(SipEvent.Answered.class);
        in.log().await(SipEvent.Confirmed.class);
        call.hangup(Reason.HANGUP_LOCAL);
        log.awaitEnd();
        assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        Await.until(
                "gone",
                () -> ours.stack.stats().dialogs() + carrier.stack.stats().dialogs() == 0);
    }

    @Test
    void callsOverTcpBothHangUpsIncluded() {
        try (Switchboard ours = new Switchboard("tcp-a");
                Switchboard carrier = new Switchboard("tcp-b")) {
            ours.trunks(trunk("127.0.0.1", carrier.port, Transport.TCP));
            carrier.trunks(trunk("127.0.0.1", ours.port, Transport.TCP));
            wholeCall(ours, carrier);
            CallLog log = new CallLog();
            SipCall call = ours.call("t", "+15550100001", log);
            Switchboard.Inbound in = carrier.answerable();
            in.call().answer(Sdps.offer(50000));
            log.await(SipEvent.Answered.class);
            in.log().await(SipEvent.Confirmed.class);
            in.call().hangup(Reason.HANGUP_LOCAL);
            log.awaitEnd();
            assertThat(call.trace()).allMatch(e -> e.transport().equals("tcp")).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void givesUpARefusedTcpTrunkWithinASecondAndLeaksNothing() {
        try (Switchboard ours = new Switchboard("tcp-refused")) {
            ours.trunks(trunk("127.0.0.1", FreePorts.next(), Transport.TCP));
            long start = System.nanoTime();
            CallLog log = new CallLog();
            ours.call("t", "+15550100001", log);
            SipEnd end = log.awaitEnd();
            assertThat(end.reason()).isEqualTo(Reason.TRUNK_UNREACHABLE);
            assertThat(end.mayTryElsewhere()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            Await.until("transactions gone", () -> ours.stack.stats().transactions() == 0);
            Await.until("dialogs gone", () -> ours.stack.stats().dialogs() == 0);
        }
    }

    @Test
    void aTcpTrunkThatHangsDelaysNoOtherCall() {
        try (Switchboard ours = new Switchboard("tcp-hang");
                Switchboard carrier = new Switchboard("tcp-good")) {
            carrier.trunks(trunk("127.0.0.1", ours.port, Transport.UDP));
            Trunk dead = Trunk.peer("dead", new Trunk.Host("192.0.2.1", 5060, Transport.TCP, 1, 1));
            ours.trunks(trunk("127.0.0.1", carrier.port, Transport.UDP), dead);
            for (int i = 0; i < 20; i++) {
                ours.call("dead", "+15550100001", new CallLog());
            }
            long start = System.nanoTime();
            wholeCallBesides(ours, carrier);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static void wholeCallBesides(Switchboard ours, Switchboard carrier) {
        CallLog log = new CallLog();
        SipCall call = ours.call("t", "+15550100001", log);
        carrier.answerable().call().answer(Sdps.offer(50000));
        log.await(SipEvent.Answered.class);
        call.hangup(Reason.HANGUP_LOCAL);
        log.awaitEnd();
    }

    private Switchboard tls(String name, TestPki.Issued certificate) {
        UnaryOperator<SipConfig> settings =
                c -> c.listeningOn(c.port(), FreePorts.next()).withCertificate(certificate.in(folder, name));
        return new Switchboard(name, settings);
    }

    private static Trunk tlsTrunk(Switchboard to, String trustedCa) {
        Trunk.Tls tls = new Trunk.Tls(Optional.of(trustedCa), Optional.empty(), Optional.empty(), Optional.empty());
        return TrunkChange.of(trunk("127.0.0.1", to.config.tlsPort(), Transport.TLS))
                .tls(tls)
                .trunk();
    }

    @Test
    void callsOverTlsWithAVerifiedCertificate() {
        try (Switchboard ours = tls("tls-a", CA.issue("127.0.0.1"));
                Switchboard carrier = tls("tls-b", CA.issue("127.0.0.1"))) {
            ours.trunks(tlsTrunk(carrier, CA.rootPem()));
            carrier.trunks(tlsTrunk(ours, CA.rootPem()));
            wholeCall(ours, carrier);
        }
    }

    @Test
    void takesTheCertificateOfTheNameThatTheTrunkExpectsThere() {
        try (Switchboard ours = new Switchboard("tls-named");
                Switchboard carrier = tls("tls-name", CA.issue("sip.example.com"))) {
            carrier.trunks(trunk("127.0.0.1", ours.port, Transport.UDP));
            Trunk.Tls named = new Trunk.Tls(
                    Optional.of(CA.rootPem()), Optional.empty(), Optional.empty(), Optional.of("sip.example.com"));
            ours.trunks(
                    TrunkChange.of(tlsTrunk(carrier, CA.rootPem())).tls(named).trunk());
            wholeCallBesides(ours, carrier);
        }
    }

    @Test
    void showsARenewedCertificateToTheNextConnectionWithoutARestart() {
        TestPki other = new TestPki("Next CA");
        try (Switchboard carrier = tls("tls-renewed", CA.issue("127.0.0.1"))) {
            try (Switchboard ours = new Switchboard("tls-before")) {
                carrier.trunks(trunk("127.0.0.1", ours.port, Transport.UDP));
                ours.trunks(tlsTrunk(carrier, CA.rootPem()));
                wholeCallBesides(ours, carrier);
            }
            other.issue("127.0.0.1").in(folder, "tls-renewed");
            try (Switchboard ours = new Switchboard("tls-after")) {
                ours.trunks(tlsTrunk(carrier, other.rootPem()));
                wholeCallBesides(ours, carrier);
            }
        }
    }

    @Test
    void callsOverIpv6AndListensOnSeveralAddresses() {
        try (Switchboard ours = new Switchboard("six", c -> c.bound("127.0.0.1", "::1"));
                Switchboard six = new Switchboard("six-only", c -> c.bound("::1"));
                Switchboard four = new Switchboard("four-only")) {
            six.trunks(trunk("::1", ours.port, Transport.UDP));
            four.trunks(trunk("127.0.0.1", ours.port, Transport.UDP));
            for (Transport transport : new Transport[] {Transport.UDP, Transport.TCP}) {
                ours.trunks(trunk("::1", six.port, transport));
                wholeCall(ours, six);
                ours.trunks(trunk("127.0.0.1", four.port, transport));
                wholeCall(ours, four);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void speaksTls12And13WithoutAlpn(String version) throws Exception {
        try (Switchboard ours = tls("tls-" + version, CA.issue("127.0.0.1"))) {
            ours.trunks(trunk("127.0.0.1", 9, Transport.UDP));
            try (SSLSocket socket = client(version, ours.config.tlsPort())) {
                SSLParameters wanted = socket.getSSLParameters();
                wanted.setApplicationProtocols(new String[] {"sip", "http/1.1"});
                socket.setSSLParameters(wanted);
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                assertThat(socket.getApplicationProtocol()).isEmpty();
            }
        }
    }

    @Test
    void refusesAnOlderTls() throws IOException {
        byte[] hello = new byte[50]; // RFC 4346 7.4.1.2: version 3.2, one cipher suite, no compression
        byte[] head = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
        System.arraycopy(head, 0, hello, 0, head.length);
        hello[45] = 2;
        hello[47] = 0x2f;
        hello[48] = 1;
        try (Switchboard ours = tls("tls-old", CA.issue("127.0.0.1"))) {
            ours.trunks(trunk("127.0.0.1", 9, Transport.UDP));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ours.config.tlsPort())) {
                socket.setSoTimeout(5000);
                socket.getOutputStream().write(hello);
                byte[] alert = socket.getInputStream().readNBytes(7);
                assertThat(alert[0]).as("an alert").isEqualTo((byte) 21);
                assertThat(alert[5]).as("fatal").isEqualTo((byte) 2);
                assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
            }
        }
    }

    /** A client that would take any certificate, by this version alone. */
    private static SSLSocket client(String version, int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(5000);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Two trunks of one stack at two carriers, each with a certificate of its own. */
    @Test
    void showsEachCarrierTheCertificateOfItsOwnTrunk() {
        try (Switchboard one = tls("one", CA.issue("127.0.0.1"));
                Switchboard two = tls("two", CA.issue("127.0.0.1"));
                Switchboard ours = new Switchboard("client-of-two")) {
            for (Switchboard carrier : List.of(one, two)) {
                carrier.trunks(known("a", "a.example"), known("b", "b.example"));
            }
            ours.trunks(showing("t", one, "a.example"), showing("u", two, "b.example"));
            assertThat(trunkOf(ours, "t", one)).isEqualTo("a");
            assertThat(trunkOf(ours, "u", two)).isEqualTo("b");
        }
    }

    private static Trunk known(String id, String name) {
        Trunk elsewhere = Trunk.peer(id, new Trunk.Host("192.0.2.1", 5061, Transport.TLS, 1, 1));
        return TrunkChange.of(elsewhere)
                .allowFrom("tls:" + name)
                .tls(new Trunk.Tls(Optional.of(CA.rootPem()), Optional.empty(), Optional.empty(), Optional.empty()))
                .trunk();
    }

    private static Trunk showing(String id, Switchboard to, String name) {
        TestPki.Issued shown = CA.issue(name);
        return TrunkChange.of(Trunk.peer(id, new Trunk.Host("127.0.0.1", to.config.tlsPort(), Transport.TLS, 1, 1)))
                .tls(new Trunk.Tls(
                        Optional.of(CA.rootPem()),
                        Optional.of(shown.certificate()),
                        Optional.of(shown.key()),
                        Optional.empty()))
                .trunk();
    }

    private static String trunkOf(Switchboard ours, String trunk, Switchboard carrier) {
        CallLog log = new CallLog();
        ours.call(trunk, "+15550100001", log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().reject(486, "Busy Here");
        log.awaitEnd();
        return in.invite().trunkId();
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() {
        assertThat(tlsFailure(new TestPki("Someone else").issue("127.0.0.1"))).contains("certificat");
    }

    @Test
    void refusesACertificateForAnotherName() {
        assertThat(tlsFailure(CA.issue("sip.example.com"))).contains("No subject alternative");
    }

    @Test
    void refusesAnExpiredCertificate() {
        assertThat(tlsFailure(CA.issue("127.0.0.1", Instant.now().minusSeconds(3600))))
                .containsIgnoringCase("expired");
    }

    private String tlsFailure(TestPki.Issued shown) {
        try (Switchboard ours = new Switchboard("tls-strict");
                Switchboard carrier = tls("tls-bad", shown)) {
            carrier.trunks(trunk("127.0.0.1", ours.port, Transport.UDP));
            ours.trunks(tlsTrunk(carrier, CA.rootPem()));
            CallLog log = new CallLog();
            ours.call("t", "+15550100001", log);
            SipEnd end = log.awaitEnd();
            assertThat(end.reason()).isEqualTo(Reason.TLS_FAILED);
            Await.until("transactions gone", () -> ours.stack.stats().transactions() == 0);
            return end.phrase();
        }
    }
}
