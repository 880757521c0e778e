package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TestPki;
import io.trunkline.sip.testing.TrunkChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call in, who is turned away, how, and for how long. */
class GatesTest {
    private static final Duration A_WHILE = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    private static void knock(ScriptedPhone phone, Switchboard at, String callId) {
        phone.peer(at.port);
        phone.invite("sip:+1555@127.0.0.1:" + at.port, callId, 1, Sdps.offer(50000));
    }

    @Test
    void trustsTheSocketThatAllowFromNamesAndNoOtherOfThatAddress() {
        try (Switchboard ours = new Switchboard("strict");
                ScriptedPhone trusted = new ScriptedPhone();
                ScriptedPhone neighbour = new ScriptedPhone()) {
            ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(trusted.port())))
                    .allowFrom("127.0.0.1:" + trusted.port())
                    .trunk());
            knock(neighbour, ours, "neighbour-1");
            neighbour.expectNothing(A_WHILE);
            assertThat(ours.stack.stats().strangersIgnored()).isPositive();
            knock(trusted, ours, "trusted-1");
            Switchboard.Inbound in = ours.answerable();
            in.call().reject(486, "Busy Here");
            assertThat(trusted.expect("486").header("To")).contains("tag=");
        }
    }

    @Test
    void answersStrangersWith403WhereToldSoAndBansThemForAWhileWhenTheyKnockOn() {
        try (Switchboard ours = new Switchboard("polite", c -> c.strangers(true, Duration.ofMillis(1500)));
                ScriptedPhone stranger = new ScriptedPhone()) {
            for (int i = 0; i < 15; i++) {
                knock(stranger, ours, "stranger-" + i);
                assertThat(stranger.expect("403").header("Call-ID")).isEqualTo("stranger-" + i);
            }
            assertThat(ours.stack.stats().transactions())
                    .as("refused without state")
                    .isZero();
            knock(stranger, ours, "stranger-16");
            stranger.expectNothing(A_WHILE);
            assertThat(ours.stack.stats().banned()).isEqualTo(1);
            Await.until("the ban is over", () -> ours.stack.stats().banned() == 0);
            knock(stranger, ours, "stranger-17");
            stranger.expect("403");
        }
    }

    @Test
    void neverBansATrunkForCallingALot() {
        try (Switchboard ours = new Switchboard("busy-trunk");
                ScriptedPhone trunk = new ScriptedPhone()) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(trunk.port())));
            for (int i = 0; i < 40; i++) {
                knock(trunk, ours, "many-" + i);
                ours.answerable().call().reject(486, "Busy Here");
                trunk.expect("486");
            }
            assertThat(ours.stack.stats().banned()).isZero();
        }
    }

    @Test
    void bansAnAddressThatGuessesPasswords() {
        try (Switchboard ours = new Switchboard("guarded");
                Switchboard guesser = new Switchboard("guesser")) {
            ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(9)))
                    .allowFrom("127.0.0.0/8")
                    .auth("user", "secret")
                    .challenge()
                    .trunk());
            guesser.trunks(TrunkChange.of(Trunk.peer("us", Switchboard.udp(ours.port)))
                    .auth("user", "guess")
                    .trunk());
            for (int i = 0; i < 10; i++) {
                CallLog log = new CallLog();
                guesser.call("us", "+15550100001", log);
                assertThat(log.awaitEnd().sipCode()).isEqualTo(403);
            }
            assertThat(ours.stack.stats().banned()).isEqualTo(1);
            CallLog log = new CallLog();
            SipCall last = guesser.call("us", "+15550100001", log);
            log.await(SipEvent.Sent.class);
            Await.until("sent again and again", () -> last.trace().size() > 1);
            assertThat(last.trace()).allMatch(TraceEntry::sent);
            last.hangup(Reason.HANGUP_LOCAL);
        }
    }

    @Test
    void challengesAgainWhenACallerAnswersTheNonceOfAnEarlierRun() {
        try (Switchboard ours = new Switchboard("restarted");
                ScriptedPhone phone = new ScriptedPhone()) {
            ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(phone.port())))
                    .auth("user", "secret")
                    .challenge()
                    .trunk());
            phone.peer(ours.port);
            String target = "sip:+1555@127.0.0.1:" + ours.port;
            String old = "Authorization: Digest username=\"user\", realm=\"trunkline\", nonce=\"18c-old\", uri=\""
                    + target + "\", qop=auth, nc=00000001, cnonce=\"a\", algorithm=MD5, response=\"00\"";
            phone.invite(target, "restarted-1", 1, Sdps.offer(50000), old);
            assertThat(phone.expect("401").headers("WWW-Authenticate")).hasSize(2);
            assertThat(ours.stack.stats().banned()).isZero();
        }
    }

    @Test
    void turnsNewCallsAwayWithRetryAfterBeforeTheQueueGrows() {
        CountDownLatch gate = new CountDownLatch(1);
        SipConfig config = SipConfig.defaults("swamped", FreePorts.next());
        IncomingCalls slow = (call, invite) -> {
            await(gate);
            call.reject(480, "Later");
            return new CallLog();
        };
        try (SipStack ours = SipStack.start(config, slow, status -> {});
                ScriptedPhone phone = new ScriptedPhone()) {
            ours.setTrunks(List.of(Trunk.peer("t", Switchboard.udp(phone.port()))));
            phone.peer(config.port());
            String target = "sip:+1555@127.0.0.1:" + config.port();
            for (int i = 0; i < 500; i++) {
                phone.invite(target, "flood-" + i, 1, Sdps.offer(50000));
            }
            Await.until("they wait", () -> ours.stats().invitesReceived() == 500);
            phone.invite(target, "too-many", 1, Sdps.offer(50000));
            RawMessage refused = phone.receiveNew();
            while (refused.code() == 100) {
                refused = phone.receiveNew();
            }
            assertThat(refused.code()).isEqualTo(503);
            assertThat(refused.header("Call-ID")).isEqualTo("too-many");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(ours.stats().overloadRefused()).isEqualTo(1);
            gate.countDown();
            Await.until("the others get their word", () -> ours.stats().dialogs() == 0);
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void knowsACallerByItsCertificateWhateverItsAddress() {
        TestPki ca = new TestPki("Carrier CA");
        try (Switchboard ours = tlsBoard("tls-door", ca, "127.0.0.1")) {
            ours.trunks(TrunkChange.of(Trunk.peer("carrier", new Trunk.Host("192.0.2.1", 5061, Transport.TLS, 1, 1)))
                    .allowFrom("tls:sip.carrier.example")
                    .tls(trusting(ca, Optional.empty()))
                    .trunk());
            try (Switchboard carrier = caller(ours, ca, ca.issue("sip.carrier.example"))) {
                CallLog log = new CallLog();
                carrier.call("us", "+15550100001", log);
                Switchboard.Inbound in = ours.answerable();
                assertThat(in.invite().trunkId()).isEqualTo("carrier");
                in.call().reject(486, "Busy Here");
                assertThat(log.awaitEnd().sipCode()).isEqualTo(486);
            }
            try (Switchboard other = caller(ours, ca, ca.issue("sip.other.example"))) {
                getsNoWord(other, ours);
            }
            try (Switchboard liar = caller(ours, ca, new TestPki("Carrier CA").issue("sip.carrier.example"))) {
                getsNoWord(liar, ours);
            }
        }
    }

    private static void getsNoWord(Switchboard caller, Switchboard ours) {
        long before = ours.stack.stats().strangersIgnored();
        CallLog log = new CallLog();
        SipCall call = caller.call("us", "+15550100001", log);
        Await.until("it was ignored", () -> ours.stack.stats().strangersIgnored() > before);
        assertThat(call.trace()).isNotEmpty().allMatch(TraceEntry::sent);
        call.hangup(Reason.HANGUP_LOCAL);
        log.awaitEnd();
    }

    private Switchboard tlsBoard(String name, TestPki ca, String host) {
        return new Switchboard(
                name,
                c -> c.listeningOn(c.port(), FreePorts.next())
                        .withCertificate(ca.issue(host).in(folder, name)));
    }

    private static Trunk.Tls trusting(TestPki ca, Optional<TestPki.Issued> shown) {
        return new Trunk.Tls(
                Optional.of(ca.rootPem()),
                shown.map(TestPki.Issued::certificate),
                shown.map(TestPki.Issued::key),
                Optional.empty());
    }

    private static Switchboard caller(Switchboard ours, TestPki ca, TestPki.Issued shown) {
        Switchboard caller = new Switchboard("caller-" + FreePorts.next());
        Trunk.Host us = new Trunk.Host("127.0.0.1", ours.config.tlsPort(), Transport.TLS, 1, 1);
        caller.trunks(TrunkChange.of(Trunk.peer("us", us))
                .tls(trusting(ca, Optional.of(shown)))
                .trunk());
        return caller;
    }
}
