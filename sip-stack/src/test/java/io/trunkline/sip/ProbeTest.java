package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TestPki;
import io.trunkline.sip.testing.TrunkChange;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a probe says of trunks in good and in bad order. */
class ProbeTest {
    private static Switchboard ours;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        ours = new Switchboard("probe");
    }

    @AfterAll
    static void stop() {
        ours.close();
    }

    @AfterEach
    void forget() {
        ours.trunks();
        Await.until("no transaction is left", () -> ours.stack.stats().dialogs() == 0);
    }

    private static ProbeReport probe(Trunk trunk) {
        ours.trunks(trunk);
        return ours.stack.probe("t").orTimeout(15, TimeUnit.SECONDS).join();
    }

    /** A carrier on UDP that answers each request with what {@code answer} says. */
    private static void carrier(ScriptedPhone phone, Function<RawMessage, String> answer) {
        Thread.startVirtualThread(() -> {
            while (true) {
                RawMessage asked;
                try {
                    asked = phone.receiveNew();
                } catch (AssertionError | UncheckedIOException hungUp) {
                    return;
                }
                String[] said = answer.apply(asked).split("\\|", 3);
                String[] more = said.length == 3 ? new String[] {said[2]} : new String[0];
                phone.respond(asked, Integer.parseInt(said[0]), said[1], "c", "", more);
            }
        });
    }

    private static List<ProbeReport.Step> steps(ProbeReport report, ProbeReport.Test test) {
        return report.steps().stream().filter(s -> s.test() == test).toList();
    }

    private static final String CHALLENGE = "401|Unauthorized|WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"";

    private static Trunk withPassword(int port) {
        return TrunkChange.of(Trunk.peer("t", Switchboard.udp(port)))
                .auth("user", "secret")
                .trunk();
    }

    @Test
    void saysThatATrunkAnswersAndThatTheRegistrarTakesThePassword() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            carrier(
                    phone,
                    m -> m.method().equals("REGISTER")
                                    && m.header("Authorization").isEmpty()
                            ? CHALLENGE
                            : "200|OK");
            ProbeReport report = probe(withPassword(phone.port()));
            assertThat(report.ok()).isTrue();
            assertThat(report.advice()).isEmpty();
            assertThat(report.summary()).contains("answers OPTIONS with 200").contains("takes the user name");
            assertThat(steps(report, ProbeReport.Test.TRANSPORT)).hasSize(2).noneMatch(ProbeReport.Step::ok);
            assertThat(steps(report, ProbeReport.Test.IDENTITY)).hasSize(2).allMatch(ProbeReport.Step::ok);
        }
    }

    @Test
    void changesNoBindingAtTheRegistrar() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            List<RawMessage> registers = new java.util.concurrent.CopyOnWriteArrayList<>();
            carrier(phone, m -> {
                if (m.method().equals("REGISTER")) {
                    registers.add(m);
                }
                return "200|OK";
            });
            probe(withPassword(phone.port()));
            assertThat(registers).isNotEmpty().allMatch(r -> r.header("Contact").isEmpty());
        }
    }

    @Test
    void saysThatThePasswordIsRefused() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            carrier(phone, m -> m.method().equals("REGISTER") ? CHALLENGE : "200|OK");
            ProbeReport report = probe(withPassword(phone.port()));
            assertThat(report.ok()).isFalse();
            assertThat(report.advice()).anyMatch(a -> a.contains("check auth"));
        }
    }

    @Test
    void saysThatThePasswordIsMissing() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            carrier(phone, m -> CHALLENGE);
            ProbeReport report = probe(Trunk.peer("t", Switchboard.udp(phone.port())));
            assertThat(report.advice()).anyMatch(a -> a.contains("set auth"));
        }
    }

    @Test
    void findsTheNameThatTheCarrierWants() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            carrier(phone, m -> m.header("From").contains("sip:user@") ? "200|OK" : "403|Forbidden");
            ProbeReport report = probe(withPassword(phone.port()));
            assertThat(report.advice())
                    .anyMatch(a -> a.contains("takes sip:user@127.0.0.1") && a.contains("identity.from_user"));
        }
    }

    @Test
    void findsTheTransportThatAnswersWhereTheConfiguredOneDoesNot() {
        try (Switchboard carrier = new Switchboard("probed")) {
            carrier.trunks(Trunk.peer("us", Switchboard.udp(ours.port)));
            int nobody = FreePorts.next();
            Trunk tls = Trunk.peer("t", new Trunk.Host("127.0.0.1", carrier.port, Transport.TLS, 1, 1));
            ProbeReport report = probe(tls);
            assertThat(report.ok()).isFalse();
            assertThat(report.advice()).as("%s", report).anyMatch(a -> a.contains("transport"));
            ProbeReport dead = probe(Trunk.peer("t", Switchboard.udp(nobody)));
            assertThat(dead.summary()).contains("Nobody answers").contains("nobody listens on that port");
            Await.until("degraded", () -> ours.stack.status("t").state() == TrunkStatus.State.DEGRADED);
        }
    }

    @Test
    void saysThatAHostIsUnknown() {
        ProbeReport report = probe(Trunk.peer("t", new Trunk.Host("nowhere.invalid", 5060, Transport.UDP, 1, 1)));
        assertThat(report.summary()).contains("No host of the trunk has an address");
        assertThat(report.advice()).anyMatch(a -> a.contains("nowhere.invalid"));
    }

    @Test
    void saysWhyACertificateIsRefused() {
        TestPki stranger = new TestPki("Someone else");
        int tlsPort = FreePorts.next();
        SipConfig.Certificate shown = stranger.issue("127.0.0.1").in(folder, "stranger");
        try (Switchboard carrier = new Switchboard(
                "probed-tls", c -> c.listeningOn(c.port(), tlsPort).withCertificate(shown))) {
            carrier.trunks(Trunk.peer("us", Switchboard.udp(ours.port)));
            Trunk.Tls tls = new Trunk.Tls(
                    Optional.of(new TestPki("Test CA").rootPem()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            ProbeReport report =
                    probe(TrunkChange.of(Trunk.peer("t", new Trunk.Host("127.0.0.1", tlsPort, Transport.TLS, 1, 1)))
                            .tls(tls)
                            .trunk());
            assertThat(report.ok()).isFalse();
            assertThat(report.summary()).contains("is refused");
            assertThat(report.advice()).anyMatch(a -> a.contains("tls.ca_pem"));
        }
    }
}
