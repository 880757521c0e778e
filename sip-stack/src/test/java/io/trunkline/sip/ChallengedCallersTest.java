package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls in from a trunk that must show its password, and what a caller may do inside a call. */
class ChallengedCallersTest {
    private static Switchboard ours;

    @BeforeAll
    static void start() {
        ours = new Switchboard("challenger");
    }

    @AfterAll
    static void stop() {
        ours.close();
    }

    private static void strict(int port) {
        ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(port)))
                .auth("user", "secret")
                .challenge()
                .trunk());
    }

    @Test
    void takesTheCallOfOneWhoKnowsThePassword() {
        try (Switchboard caller = new Switchboard("caller")) {
            strict(caller.port);
            caller.trunks(TrunkChange.of(Trunk.peer("us", Switchboard.udp(ours.port)))
                    .auth("user", "secret")
                    .trunk());
            CallLog log = new CallLog();
            SipCall call = caller.call("us", "+15550100001", log);
            ours.answerable().call().answer(Sdps.offer(40000));
            log.await(SipEvent.Answered.class);
            call.hangup(Reason.HANGUP_LOCAL);
            log.awaitEnd();
            assertThat(call.trace()).anyMatch(e -> e.message().contains("algorithm=SHA-256"));
        }
    }

    @Test
    void refusesOneWhoDoesNot() {
        try (Switchboard caller = new Switchboard("liar")) {
            strict(caller.port);
            caller.trunks(TrunkChange.of(Trunk.peer("us", Switchboard.udp(ours.port)))
                    .auth("user", "guess")
                    .trunk());
            CallLog log = new CallLog();
            caller.call("us", "+15550100001", log);
            assertThat(log.awaitEnd().sipCode()).isEqualTo(403);
        }
    }

    @Test
    void givesNoPasswordToACallerWhoChallengesOurBye() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(phone.port())))
                    .auth("user", "secret")
                    .trunk());
            phone.peer(ours.port);
            phone.invite("sip:+1555@127.0.0.1:" + ours.port, "leak-1", 1, Sdps.offer(50000));
            Switchboard.Inbound in = ours.answerable();
            in.call().answer(Sdps.offer(40000));
            phone.requestAsCaller(phone.expect("200"), "ACK", 1, "");
            in.log().await(SipEvent.Confirmed.class);
            in.call().hangup(Reason.HANGUP_LOCAL);
            RawMessage bye = phone.expect("BYE");
            phone.respond(bye, 407, "Give", "", "", "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            phone.expectNothing(Duration.ofMillis(300));
        }
    }

    @Test
    void waitsForThePrackOfAReliableProvisionalBeforeItAnswers() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(phone.port())));
            phone.peer(ours.port);
            phone.invite("sip:+1555@127.0.0.1:" + ours.port, "rel-1", 1, Sdps.offer(50000), "Require: 100rel");
            Switchboard.Inbound in = ours.answerable();
            in.call().ring(Sdps.offer(40000));
            in.call().answer(Sdps.offer(40000));
            RawMessage reliable = phone.expect("183");
            assertThat(reliable.header("RSeq")).isEqualTo("1");
            phone.requestAsCaller(reliable, "PRACK", 2, "", "RAck: 9 1 INVITE");
            phone.expect("481");
            phone.requestAsCaller(reliable, "PRACK", 3, "", "RAck: 1 1 INVITE");
            List<RawMessage> both = List.of(phone.receiveNew(), phone.receiveNew());
            assertThat(both).extracting(RawMessage::code).containsExactly(200, 200);
            assertThat(both).extracting(RawMessage::method).containsExactly("PRACK", "INVITE");
            phone.requestAsCaller(both.getLast(), "ACK", 1, "");
            in.log().await(SipEvent.Confirmed.class);
            in.call().hangup(Reason.HANGUP_LOCAL);
            in.log().awaitEnd();
            phone.respond(phone.expect("BYE"), 200, "OK", "");
        }
    }

    @Test
    void repeatsIts200UntilTheAckAndRefusesACopyByAnotherWay() {
        try (ScriptedPhone phone = new ScriptedPhone()) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(phone.port())));
            phone.peer(ours.port);
            phone.invite("sip:+1555@127.0.0.1:" + ours.port, "copy-1", 1, Sdps.offer(50000));
            Switchboard.Inbound in = ours.answerable();
            phone.invite("sip:+1555@127.0.0.1:" + ours.port, "copy-1", 1, Sdps.offer(50000));
            phone.expect("482");
            in.call().answer(Sdps.offer(40000));
            RawMessage ok = phone.expect("200");
            RawMessage again = phone.receive(Duration.ofSeconds(3));
            while (again.code() == 482) {
                again = phone.receive(Duration.ofSeconds(3)); // repeated too: the phone never acknowledged it
            }
            assertThat(again.text()).isEqualTo(ok.text());
            phone.requestAsCaller(ok, "ACK", 1, "");
            in.log().await(SipEvent.Confirmed.class);
            phone.requestAsCaller(ok, "BYE", 2, "");
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        }
    }
}
