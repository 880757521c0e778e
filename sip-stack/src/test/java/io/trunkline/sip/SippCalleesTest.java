package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Sipp;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls out to SIPp: what carriers do. */
class SippCalleesTest extends SippPeers {
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
    void calleeForksAndTheSecondAnswerIsHungUp() {
        hangsUpAfter("callee-forks");
        assertThat(log.all(SipEvent.Answered.class)).hasSize(1);
    }

    @Test
    void calleeRepeatsItsAnswer() {
        hangsUpAfter("callee-repeats-answer");
    }

    @Test
    void calleeAnswersWithAMultipartBody() {
        hangsUpAfter("callee-multipart");
        assertThat(log.all(SipEvent.Answered.class).getFirst().sdp())
                .hasValueSatisfying(sdp -> assertThat(sdp).startsWith("v=0").contains("m=audio"));
    }

    @Test
    void calleeWritesCompactHeadersAndUtf8() {
        hangsUpAfter("callee-compact");
        assertThat(log.all(SipEvent.Answered.class).getFirst().sdp()).isPresent();
    }

    @Test
    void calleeIsBehindTwoProxies() {
        try (Sipp carrier = Sipp.callee("callee-record-routes", 1)) {
            hangUpWhenAnswered(carrier);
        }
    }

    @Test
    void calleeHoldsByUpdate() {
        try (Sipp carrier = Sipp.callee("callee-updates", 1)) {
            SipCall call = answered(carrier);
            log.await(SipEvent.Offered.class);
            call.answer(Sdps.sdp(40000, "recvonly"));
            log.await(SipEvent.Offered.class);
            call.answer(Sdps.offer(40000));
            call.hangup(Reason.HANGUP_LOCAL);
            carrier.succeeds();
        }
    }

    @Test
    void calleeAsksOptionsInTheCall() {
        hangsUpAfter("callee-asks-options");
    }

    @Test
    void calleeTakesADigit() {
        try (Sipp carrier = Sipp.callee("callee-takes-digit", 1)) {
            SipCall call = answered(carrier);
            call.info('7', 100);
            call.hangup(Reason.HANGUP_LOCAL);
            carrier.succeeds();
        }
    }

    @Test
    void calleeLeavesRefreshingToUs() {
        hangsUpAfter("callee-wants-refreshes");
    }

    @Test
    void calleeGlares() {
        try (Sipp carrier = Sipp.callee("callee-glares", 1)) {
            SipCall call = answered(carrier);
            call.reinvite(Sdps.sdp(40000, "sendonly"));
            assertThat(log.await(SipEvent.Offered.class).sdp()).contains("a=inactive");
            call.answer(Sdps.sdp(40000, "inactive"));
            assertThat(log.await(SipEvent.Reanswered.class).sdp()).contains("a=recvonly");
            call.hangup(Reason.HANGUP_LOCAL);
            carrier.succeeds();
            assertThat(call.trace()).anyMatch(entry -> entry.message().startsWith("SIP/2.0 491"));
        }
    }

    @Test
    void calleeGivesItsPlaceToAnother() {
        try (Sipp carrier = Sipp.callee("callee-gives-place", 1)) {
            SipCall call = answered(carrier);
            log.await(SipEvent.Replaced.class);
            log.await(SipEvent.Offered.class);
            call.answer(Sdps.offer(40000));
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            carrier.succeeds();
        }
    }

    @Test
    void calleeSaysThatTheNonceIsStale() {
        try (Sipp carrier = Sipp.callee("callee-says-stale", 1)) {
            hangUpWhenAnswered(carrier);
        }
    }

    @Test
    void calleeGivesSeveralChallengesAndWantsAuthInt() {
        try (Sipp carrier = Sipp.callee("callee-challenges-twice-over", 1)) {
            hangUpWhenAnswered(carrier);
        }
    }

    @Test
    void calleeSaysWhyItRefuses() {
        SipEnd end = refusedBy("callee-gives-causes");
        assertThat(end.phrase()).isEqualTo("Gerade im Gespräch");
        assertThat(end.q850()).contains(17);
        assertThat(end.warning())
                .hasValueSatisfying(warning -> assertThat(warning).contains("line in use"));
        assertThat(end.headers()).containsEntry("retry-after", "120");
    }

    @Test
    void calleeAsksForATransferAndIsDeclined() {
        hangsUpAfter("callee-asks-for-transfer");
        assertThat(log.all(SipEvent.TransferRequested.class)).isEmpty();
    }

    @Test
    void calleeAsksForATransferWhereThatIsAllowed() {
        try (Sipp carrier = Sipp.callee("callee-is-allowed-a-transfer", 1)) {
            SipCall call = answered(carrier, TrunkChange::transfer);
            assertThat(log.await(SipEvent.TransferRequested.class).target()).contains("+15550100009");
            call.transferStatus(200, "OK");
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            carrier.succeeds();
        }
    }

    @Test
    void calleeRingsSendsMediaAndRingsAgain() {
        try (Sipp carrier = Sipp.callee("callee-rings-with-media-twice", 1)) {
            hangUpWhenAnswered(carrier);
            assertThat(log.all(SipEvent.Ringing.class)).hasSize(1);
            assertThat(log.all(SipEvent.EarlyMedia.class)).hasSize(1);
        }
    }

    @Test
    void calleeRedirectsToAConfiguredTrunkAndIsFollowedWhereThatIsAllowed() {
        try (Sipp onward = Sipp.callee("callee-answers", 1);
                Sipp carrier =
                        Sipp.callee("callee-redirects-here", 1, "-key", "onward", Integer.toString(onward.port))) {
            Trunk first = Trunk.peer("t", Switchboard.udp(carrier.port))
                    .edit()
                    .allowRedirect(true)
                    .build();
            ours.trunks(first, Trunk.peer("onward", Switchboard.udp(onward.port)));
            SipCall call = ours.call("t", "+15550100001", log);
            log.await(SipEvent.Answered.class);
            call.hangup(Reason.HANGUP_LOCAL);
            carrier.succeeds();
            onward.succeeds();
        }
    }

    @Test
    void calleeTakesACallByTcp() {
        try (Sipp carrier = Sipp.callee("callee-answers", 1, "-t", "t1")) {
            Await.until("SIPp listens", () -> listens(carrier.port));
            ours.trunks(Trunk.peer("t", new Trunk.Host("127.0.0.1", carrier.port, Trunk.Transport.TCP, 1, 1)));
            SipCall call = ours.call("t", "+15550100001", log);
            log.await(SipEvent.Answered.class);
            call.hangup(Reason.HANGUP_LOCAL);
            carrier.succeeds();
            log.awaitEnd();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Tag("full")
    void calleeIsSilentUntilTimerB() {
        try (Sipp carrier = Sipp.callee("callee-is-silent", 1)) {
            dial(carrier, trunk -> trunk);
            SipEnd end = log.await(SipEvent.Ended.class, Duration.ofSeconds(40)).end();
            assertThat(end.reason()).isIn(Reason.TRUNK_UNREACHABLE, Reason.RING_TIMEOUT);
            assertThat(end.sipCode()).isZero();
        }
    }
}
