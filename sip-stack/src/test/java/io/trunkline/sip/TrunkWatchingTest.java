package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registration, OPTIONS and what they say of a trunk. */
class TrunkWatchingTest {
    private static Switchboard ours;
    private ScriptedPhone phone;
    private Trunk trunk;

    @BeforeAll
    static void start() {
        ours = new Switchboard("health");
    }

    @AfterAll
    static void stop() {
        ours.close();
    }

    @BeforeEach
    void hire() {
        ours.statuses.clear();
        phone = new ScriptedPhone();
        trunk = Trunk.peer("t", Switchboard.udp(phone.port()));
    }

    @AfterEach
    void fire() {
        ours.trunks();
        phone.close();
    }

    private static TrunkStatus next() {
        try {
            TrunkStatus status = ours.statuses.poll(8, TimeUnit.SECONDS);
            assertThat(status).as("a trunk event").isNotNull();
            return status;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goesDownAfterTwoUnansweredPingsAndUpAfterTwoGoodOnes() {
        ours.trunks(TrunkChange.of(trunk).ping(Duration.ofMillis(200)).trunk());
        phone.respond(phone.expect("OPTIONS"), 200, "OK", "a");
        assertThat(next().state()).isEqualTo(TrunkStatus.State.UP);
        phone.respond(phone.expect("OPTIONS"), 503, "Service Unavailable", "a");
        assertThat(next().state()).isEqualTo(TrunkStatus.State.DEGRADED);
        phone.respond(phone.expect("OPTIONS"), 503, "Service Unavailable", "a");
        TrunkStatus down = next();
        assertThat(down.state()).isEqualTo(TrunkStatus.State.DOWN);
        assertThat(down.detail()).contains("503");
        phone.respond(phone.expect("OPTIONS"), 200, "OK", "a");
        assertThat(ours.stack.status("t").state()).isEqualTo(TrunkStatus.State.DOWN);
        phone.respond(phone.expect("OPTIONS"), 404, "Not Found", "a"); // alive, whatever it says
        assertThat(next().state()).isEqualTo(TrunkStatus.State.UP);
    }

    @Test
    void answersAChallengeToItsPing() {
        ours.trunks(TrunkChange.of(trunk)
                .auth("user", "secret")
                .ping(Duration.ofSeconds(60))
                .trunk());
        RawMessage first = phone.expect("OPTIONS");
        phone.respond(first, 401, "Unauthorized", "a", "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
        RawMessage second = phone.expect("OPTIONS");
        assertThat(second.header("Authorization")).contains("username=\"user\"");
        phone.respond(second, 200, "OK", "a");
        assertThat(next().state()).isEqualTo(TrunkStatus.State.UP);
    }

    @Test
    void ordersATrunkThatIsDownBehindOthersButStillNamesIt() {
        Trunk other = Trunk.peer("other", Switchboard.udp(9));
        ours.trunks(TrunkChange.of(trunk).ping(Duration.ofMillis(100)).trunk(), other);
        assertThat(ours.stack.route("+1555")).extracting(Trunk::id).containsExactly("t", "other");
        phone.respond(phone.expect("OPTIONS"), 503, "x", "a");
        phone.respond(phone.expect("OPTIONS"), 503, "x", "a");
        Await.until("down", () -> ours.stack.status("t").state() == TrunkStatus.State.DOWN);
        assertThat(ours.stack.route("+1555")).extracting(Trunk::id).containsExactly("other", "t");
    }

    @Test
    void hearsFromRealCallsThatATrunkIsInTrouble() {
        ours.trunks(trunk);
        for (int i = 0; i < 2; i++) {
            CallLog log = new CallLog();
            ours.call("t", "+15550100001", log);
            phone.respond(phone.expect("INVITE"), 503, "Overloaded", "a" + i);
            phone.expect("ACK");
            log.awaitEnd();
        }
        assertThat(next().state()).isEqualTo(TrunkStatus.State.DEGRADED);
        assertThat(next().state()).isEqualTo(TrunkStatus.State.DOWN);
    }

    @Test
    void registersWithDigestRefreshesAndLeaves() {
        ours.trunks(TrunkChange.of(trunk).auth("user", "secret").register().trunk());
        RawMessage first = phone.expect("REGISTER");
        assertThat(first.uri()).isEqualTo("sip:127.0.0.1");
        assertThat(first.header("To")).contains("sip:user@127.0.0.1");
        phone.respond(first, 401, "Unauthorized", "a", "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
        RawMessage second = phone.expect("REGISTER");
        assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(second.header("Authorization")).contains("uri=\"sip:127.0.0.1\"");
        phone.respond(second, 200, "OK", "a", "", "Contact: " + second.header("Contact") + ";expires=2");
        Await.until("registered", () -> ours.stack.status("t").registered().orElse(false));
        RawMessage refresh = phone.expect("REGISTER");
        assertThat(refresh.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        phone.respond(refresh, 200, "OK", "a", "", "Contact: " + second.header("Contact") + ";expires=600");
        ours.trunks();
        assertThat(phone.expect("REGISTER").header("Expires")).isEqualTo("0");
    }

    @Test
    void saysSoWhenTheRegistrarRefusesAndTriesAgainLater() {
        ours.trunks(TrunkChange.of(trunk).auth("user", "wrong").register().trunk());
        RawMessage first = phone.expect("REGISTER");
        phone.respond(first, 403, "Forbidden", "a");
        TrunkStatus status = next();
        assertThat(status.registered()).contains(false);
        assertThat(status.detail()).contains("403 Forbidden");
        phone.respond(phone.expect("REGISTER"), 200, "OK", "a", "", "Expires: 600");
        Await.until("registered", () -> ours.stack.status("t").registered().orElse(false));
    }
}
