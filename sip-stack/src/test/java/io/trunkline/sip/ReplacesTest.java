package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 3891 on calls in: another phone takes the place of the peer of a running call. */
class ReplacesTest {
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private Switchboard ours;
    private ScriptedPhone ann;
    private ScriptedPhone bob;
    private SipCall call;
    private final CallLog log = new CallLog();

    @BeforeEach
    void hire() {
        ours = new Switchboard("replaces");
        ann = new ScriptedPhone();
        bob = new ScriptedPhone();
        bob.peer(ours.port);
        ours.trunks(Trunk.peer("t", Switchboard.udp(ann.port())));
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            Await.until("gone: " + ours.stack.stats(), () -> ours.stack.stats().dialogs() == 0);
            Await.until(
                    "no timer: " + ours.stack.stats(), () -> ours.stack.stats().timers() == 0);
        } finally {
            bob.close();
            ann.close();
            ours.close();
        }
    }

    /** A call of ours that Ann has answered. */
    private RawMessage talkToAnn() {
        call = ours.call("t", "+15550100001", log);
        RawMessage invite = ann.expect("INVITE");
        ann.respond(invite, 200, "OK", "ann", Sdps.offer(50000));
        ann.expect("ACK");
        log.await(SipEvent.Answered.class);
        return invite;
    }

    private static String naming(RawMessage invite, String theirTag) {
        return "Replaces: " + invite.header("Call-ID") + ";to-tag=" + invite.fromTag() + ";from-tag=" + theirTag;
    }

    private String bobInvites(String callId, String body, String... headers) {
        return bob.invite("sip:us@127.0.0.1:" + ours.port, callId, 1, body, headers);
    }

    /** The final answer to Bob's INVITE, acknowledged. */
    private RawMessage bobGets(int code) {
        RawMessage answer = bob.expectFinal(code);
        bob.requestAsCaller(answer, "ACK", 1, "");
        return answer;
    }

    private void annHangsUp(RawMessage invite) {
        ann.peer(ours.port);
        ann.requestAsCallee(invite, "ann", "BYE", 9, "");
        ann.expect("200");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
    }

    @Test
    void goesOnWithTheOneThatTakesThePlaceAndHangsUpTheOther() {
        call = ours.call("t", "+15550100001", log);
        RawMessage invite = ann.expect("INVITE");
        assertThat(invite.header("Supported")).contains("replaces");
        ann.respond(invite, 200, "OK", "ann", Sdps.offer(50000));
        ann.expect("ACK");
        String before = log.await(SipEvent.SnapshotChanged.class).snapshot();

        bobInvites("bob-1", Sdps.offer(50002), "Require: replaces", naming(invite, "ann"));
        SipEvent.Replaced replaced = log.await(SipEvent.Replaced.class);
        assertThat(replaced).isEqualTo(new SipEvent.Replaced("+15557654321", "Ann"));
        assertThat(log.await(SipEvent.Offered.class).sdp()).contains("m=audio 50002");
        call.answer(Sdps.offer(40000));
        RawMessage ok = bobGets(200);
        assertThat(ok.body()).isEqualTo(Sdps.offer(40000));
        RawMessage bye = ann.expect("BYE");
        assertThat(bye.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
        ann.respond(bye, 200, "OK", "");

        assertThat(log.await(SipEvent.SnapshotChanged.class).snapshot()).isNotEqualTo(before);
        assertThat(call.trace())
                .extracting(entry -> entry.message().split(" ", 2)[0])
                .containsSubsequence("INVITE", "ACK", "INVITE", "BYE");
        Await.until("the old dialog is gone", () -> ours.stack.stats().dialogs() == 1);

        bob.requestAsCaller(ok, "INVITE", 2, Sdps.sdp(50002, "sendonly"));
        assertThat(log.await(SipEvent.Offered.class).sdp()).contains("sendonly");
        call.answer(Sdps.sdp(40000, "recvonly"));
        bob.expectFinal(200);
        bob.requestAsCaller(ok, "ACK", 2, "");
        call.info('7', 100);
        RawMessage info = bob.expect("INFO");
        assertThat(info.body()).contains("Signal=7");
        bob.respond(info, 200, "OK", "");
        call.hangup(Reason.HANGUP_LOCAL);
        bob.respond(bob.expect("BYE"), 200, "OK", "");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_LOCAL);
        assertThat(log.all(SipEvent.Ended.class)).hasSize(1);
    }

    @Test
    void isHungUpByTheNewPeerOnceItIsReplaced() {
        RawMessage invite = talkToAnn();
        bobInvites("bob-2", "", naming(invite, "ann"));
        RawMessage ok = bob.expectFinal(200);
        assertThat(ok.body()).as("what is in force is offered").isEqualTo(Sdps.offer(40000));
        bob.requestAsCaller(ok, "ACK", 1, Sdps.offer(50004));
        assertThat(log.await(SipEvent.Reanswered.class).sdp()).contains("m=audio 50004");
        ann.respond(ann.expect("BYE"), 481, "Gone", "");
        bob.requestAsCaller(ok, "BYE", 2, "");
        bob.expect("200");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
    }

    @Test
    void isReplacedTwiceInARow() {
        RawMessage invite = talkToAnn();
        bobInvites("bob-3", "", naming(invite, "ann"));
        RawMessage first = bobGets(200);
        ann.respond(ann.expect("BYE"), 200, "OK", "");
        log.await(SipEvent.Replaced.class);
        String again = "Replaces: bob-3;to-tag=" + first.toTag() + ";from-tag=phone";
        ann.peer(ours.port);
        ann.invite("sip:us@127.0.0.1:" + ours.port, "ann-2", 1, "", again);
        RawMessage second = ann.expectFinal(200);
        ann.requestAsCaller(second, "ACK", 1, Sdps.offer(50006));
        log.await(SipEvent.Replaced.class);
        bob.respond(bob.expect("BYE"), 200, "OK", "");
        ann.requestAsCaller(second, "BYE", 2, "");
        ann.expect("200");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
    }

    @Test
    void staysWithTheOldPeerWhenTheNewOffersNothingUsable() {
        RawMessage invite = talkToAnn();
        bobInvites("bob-4", Sdps.offer(50002), naming(invite, "ann"));
        log.await(SipEvent.Offered.class);
        call.reject(488, "Not Acceptable Here");
        bobGets(488);
        ann.expectNothing(A_WHILE);
        annHangsUp(invite);
    }

    @Test
    void staysWithTheOldPeerWhenTheNewOneCancels() {
        RawMessage invite = talkToAnn();
        String theirs = bobInvites("bob-5", Sdps.offer(50002), naming(invite, "ann"));
        log.await(SipEvent.Offered.class);
        bob.cancel(theirs);
        bob.expect("200");
        bobGets(487);
        ann.expectNothing(A_WHILE);
        annHangsUp(invite);
    }

    @Test
    void declinesWhenTheNamedPeerHangsUpFirst() {
        RawMessage invite = talkToAnn();
        bobInvites("bob-6", Sdps.offer(50002), naming(invite, "ann"));
        log.await(SipEvent.Offered.class);
        annHangsUp(invite);
        bobGets(603);
    }

    @Test
    void declinesACallThatIsBeingHungUp() {
        RawMessage invite = talkToAnn();
        call.hangup(Reason.HANGUP_LOCAL);
        RawMessage bye = ann.expect("BYE");
        bobInvites("bob-7", Sdps.offer(50002), naming(invite, "ann"));
        bobGets(603);
        ann.respond(bye, 200, "OK", "");
    }

    @Test
    void knowsNoCallByAWrongTagOrName() {
        RawMessage invite = talkToAnn();
        bobInvites("bob-8", Sdps.offer(50002), naming(invite, "somebody"));
        bobGets(481);
        bobInvites("bob-9", Sdps.offer(50002), "Replaces: nothing;to-tag=1;from-tag=2");
        bobGets(481);
        assertThat(log.all(SipEvent.Replaced.class)).isEmpty();
        annHangsUp(invite);
    }

    @Test
    void saysBusyToOneThatWantsToPickUpWhatIsAnswered() {
        RawMessage invite = talkToAnn();
        bobInvites("bob-10", Sdps.offer(50002), naming(invite, "ann") + ";early-only");
        bobGets(486);
        annHangsUp(invite);
    }

    @Test
    void letsNobodyPickUpWhatStillRingsElsewhereOrHere() {
        call = ours.call("t", "+15550100001", log);
        RawMessage invite = ann.expect("INVITE");
        ann.respond(invite, 180, "Ringing", "ann");
        log.await(SipEvent.Ringing.class);
        bobInvites("bob-11", Sdps.offer(50002), naming(invite, "ann"));
        bobGets(603);
        call.hangup(Reason.HANGUP_LOCAL);
        ann.respond(ann.expect("CANCEL"), 200, "OK", "");
        ann.respond(invite, 487, "Request Terminated", "ann");
        ann.expect("ACK");

        ann.peer(ours.port);
        ann.invite("sip:us@127.0.0.1:" + ours.port, "in-1", 1, Sdps.offer(50000));
        Switchboard.Inbound in = ours.answerable();
        in.call().ring("");
        RawMessage ringing = ann.expectFinal(180);
        bobInvites(
                "bob-12",
                Sdps.offer(50002),
                "Replaces: in-1;to-tag=" + ringing.toTag() + ";from-tag=" + ringing.fromTag());
        bobGets(481);
        in.call().reject(486, "Busy Here");
        ann.expect("486");
    }

    @Test
    void refusesOneThatNamesNothing() {
        RawMessage invite = talkToAnn();
        bobInvites("bob-14", Sdps.offer(50002), "Replaces: " + invite.header("Call-ID"));
        bobGets(400);
        annHangsUp(invite);
    }

    @Test
    void letsNoOtherTrunkTakeThePlace() {
        RawMessage invite = talkToAnn();
        try (ScriptedPhone other = new ScriptedPhone()) {
            ours.trunks(
                    Trunk.peer("t", Switchboard.udp(ann.port())), Trunk.peer("other", Switchboard.udp(other.port())));
            other.peer(ours.port);
            other.invite("sip:us@127.0.0.1:" + ours.port, "x-1", 1, Sdps.offer(50002), naming(invite, "ann"));
            RawMessage answer = other.expectFinal(481);
            other.requestAsCaller(answer, "ACK", 1, "");
        }
        annHangsUp(invite);
    }
}
