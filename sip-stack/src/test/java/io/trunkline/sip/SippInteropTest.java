package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Sipp;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both directions against SIPp, one scenario file a behaviour. */
class SippInteropTest {
    private static Switchboard ours;
    private final CallLog log = new CallLog();

    @BeforeAll
    static void start() {
        ours = new Switchboard("interop");
    }

    @AfterAll
    static void stop() {
        ours.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until("gone: " + ours.stack.stats(), () -> ours.stack.stats().dialogs() == 0);
    }

    private SipCall dial(Sipp carrier) {
        ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(carrier.port)))
                .auth("trunk", "secret")
                .trunk());
        return ours.call("t", "+15550100001", log);
    }

    private void hangUpWhenAnswered(Sipp carrier) {
        SipCall call = dial(carrier);
        log.await(SipEvent.Answered.class);
        call.hangup(Reason.HANGUP_LOCAL);
        carrier.succeeds();
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_LOCAL);
    }

    @Test
    void calleeAnswers() {
        try (Sipp carrier = Sipp.callee("callee-answers", 1)) {
            hangUpWhenAnswered(carrier);
            assertThat(log.all(SipEvent.Ringing.class)).hasSize(1);
        }
    }

    @Test
    void calleeSendsEarlyMedia() {
        try (Sipp carrier = Sipp.callee("callee-early-media", 1)) {
            hangUpWhenAnswered(carrier);
            assertThat(log.all(SipEvent.EarlyMedia.class)).hasSize(1);
        }
    }

    @Test
    void calleeSendsAReliableProvisional() {
        try (Sipp carrier = Sipp.callee("callee-reliable", 1)) {
            hangUpWhenAnswered(carrier);
            assertThat(log.all(SipEvent.EarlyMedia.class)).hasSize(1);
        }
    }

    @Test
    void calleeChallengesAndVerifiesOurDigest() {
        try (Sipp carrier = Sipp.callee("callee-challenges", 1)) {
            hangUpWhenAnswered(carrier);
        }
    }

    @Test
    void calleeHangsUp() {
        try (Sipp carrier = Sipp.callee("callee-hangs-up", 1)) {
            dial(carrier);
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            carrier.succeeds();
        }
    }

    @Test
    void calleeHoldsAndResumes() {
        try (Sipp carrier = Sipp.callee("callee-holds", 1)) {
            SipCall call = dial(carrier);
            log.await(SipEvent.Answered.class);
            assertThat(log.await(SipEvent.Offered.class).sdp()).contains("a=sendonly");
            call.answer(Sdps.sdp(40000, "recvonly"));
            assertThat(log.await(SipEvent.Offered.class).sdp()).doesNotContain("a=sendonly");
            call.answer(Sdps.offer(40000));
            call.hangup(Reason.HANGUP_LOCAL);
            carrier.succeeds();
        }
    }

    @Test
    void calleeIsBusy() {
        assertThat(refusedBy("callee-busy").reason()).isEqualTo(Reason.BUSY);
    }

    @Test
    void calleeDeclines() {
        assertThat(refusedBy("callee-declines").reason()).isEqualTo(Reason.DECLINED);
    }

    @Test
    void carrierIsOverloaded() {
        assertThat(refusedBy("callee-overloaded").mayTryElsewhere()).isTrue();
    }

    private SipEnd refusedBy(String scenario) {
        try (Sipp carrier = Sipp.callee(scenario, 1)) {
            dial(carrier);
            SipEnd end = log.awaitEnd();
            carrier.succeeds();
            return end;
        }
    }

    @Test
    void callerIsCancelledWhileItRings() {
        try (Sipp carrier = Sipp.callee("callee-rings-until-cancelled", 1)) {
            SipCall call = dial(carrier);
            log.await(SipEvent.Ringing.class);
            call.hangup(Reason.HANGUP_LOCAL);
            assertThat(log.awaitEnd().sipCode()).isEqualTo(487);
            carrier.succeeds();
        }
    }

    private Switchboard.Inbound callIn(Sipp caller) {
        ours.trunks(Trunk.peer("t", Switchboard.udp(caller.port)));
        return ours.answerable();
    }

    @Test
    void takesACallAndIsHungUp() {
        try (Sipp caller = Sipp.caller("caller", 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            in.call().ring("");
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        }
    }

    @Test
    void takesACallAndHangsUp() {
        try (Sipp caller = Sipp.caller("caller-waits-for-bye", 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            in.call().answer(Sdps.offer(40000));
            in.log().await(SipEvent.Confirmed.class);
            in.call().hangup(Reason.HANGUP_LOCAL);
            caller.succeeds();
        }
    }

    @Test
    void takesALateOffer() {
        try (Sipp caller = Sipp.caller("caller-late-offer", 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            assertThat(in.invite().sdp()).isEmpty();
            in.call().answer(Sdps.offer(40000));
            assertThat(in.log().await(SipEvent.Confirmed.class).sdp())
                    .hasValueSatisfying(s -> assertThat(s).contains("m=audio"));
            caller.succeeds();
            in.log().awaitEnd();
        }
    }

    @Test
    void isHeldByTheCallerAndResumed() {
        try (Sipp caller = Sipp.caller("caller-holds", 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            in.call().answer(Sdps.offer(40000));
            in.log().await(SipEvent.Confirmed.class);
            in.log().await(SipEvent.Offered.class);
            in.call().answer(Sdps.sdp(40000, "recvonly"));
            in.log().await(SipEvent.Offered.class);
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        }
    }

    @Test
    void isCancelledByTheCaller() {
        try (Sipp caller = Sipp.caller("caller-cancels", 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            in.call().ring("");
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.CANCELLED);
            caller.succeeds();
        }
    }

    @Test
    void calleeRedirectsAndIsNotFollowed() {
        assertThat(refusedBy("callee-redirects").reason()).isEqualTo(Reason.REDIRECTED);
    }

    @Test
    void calleeDoesNotKnowTheNumber() {
        SipEnd end = refusedBy("callee-not-found");
        assertThat(end.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(end.q850()).contains(1);
    }

    @Test
    void calleeWantsALongerSessionInterval() {
        try (Sipp carrier = Sipp.callee("callee-wants-longer-interval", 1)) {
            hangUpWhenAnswered(carrier);
        }
    }

    @Test
    void calleeAnswersDespiteTheCancel() {
        try (Sipp carrier = Sipp.callee("callee-answers-despite-cancel", 1)) {
            SipCall call = dial(carrier);
            log.await(SipEvent.Ringing.class);
            call.hangup(Reason.HANGUP_LOCAL);
            log.awaitEnd();
            carrier.succeeds();
        }
    }

    @Test
    void calleeRefreshesTheSession() {
        hangsUpAfter("callee-refreshes");
    }

    @Test
    void calleeSendsADigit() {
        hangsUpAfter("callee-sends-digit");
        assertThat(log.all(SipEvent.Digit.class))
                .extracting(SipEvent.Digit::digit)
                .containsExactly('5');
    }

    private void hangsUpAfter(String scenario) {
        try (Sipp carrier = Sipp.callee(scenario, 1)) {
            dial(carrier);
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            carrier.succeeds();
        }
    }

    @Test
    void calleeTakesATransfer() {
        try (Sipp carrier = Sipp.callee("callee-takes-transfer", 1)) {
            SipCall call = dial(carrier);
            log.await(SipEvent.Answered.class);
            call.refer("+15550100009");
            assertThat(log.await(SipEvent.TransferProgress.class).code()).isEqualTo(202);
            assertThat(log.await(SipEvent.TransferProgress.class).code()).isEqualTo(200);
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            carrier.succeeds();
        }
    }

    @Test
    void calleeRefusesToBeHeldAndTheCallLivesOn() {
        try (Sipp carrier = Sipp.callee("callee-refuses-hold", 1)) {
            SipCall call = dial(carrier);
            log.await(SipEvent.Answered.class);
            call.reinvite(Sdps.sdp(40000, "sendonly"));
            assertThat(log.await(SipEvent.ReofferFailed.class).code()).isEqualTo(488);
            call.hangup(Reason.HANGUP_LOCAL);
            carrier.succeeds();
        }
    }

    @Test
    void calleeForgotTheCallBeforeOurBye() {
        try (Sipp carrier = Sipp.callee("callee-forgets-the-call", 1)) {
            hangUpWhenAnswered(carrier);
        }
    }

    @Test
    void callerInsistsOnReliableProvisionals() {
        try (Sipp caller = Sipp.caller("caller-reliable", 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            in.call().ring(Sdps.offer(40000));
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        }
    }

    @Test
    void callerRefreshesTheSession() {
        assertThat(answeredCaller("caller-refreshes").all(SipEvent.Offered.class))
                .isEmpty();
    }

    @Test
    void callerSendsADigit() {
        assertThat(answeredCaller("caller-sends-digit").all(SipEvent.Digit.class))
                .hasSize(1);
    }

    @Test
    void callerAsksForATransferAndIsDeclined() {
        assertThat(answeredCaller("caller-asks-for-transfer").all(SipEvent.TransferRequested.class))
                .isEmpty();
    }

    private CallLog answeredCaller(String scenario) {
        try (Sipp caller = Sipp.caller(scenario, 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            return in.log();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"caller-sends-message", "caller-subscribes", "caller-registers"})
    void callerAsksForWhatIsNoCallAndIsRefusedProperly(String scenario) {
        try (Sipp caller = Sipp.caller(scenario, 1, ours.port)) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(caller.port)));
            caller.succeeds();
        }
    }
}
