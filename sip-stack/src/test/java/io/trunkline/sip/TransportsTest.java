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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
