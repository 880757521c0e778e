package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Sipp;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls in from SIPp: what carriers do. */
class SippCallersTest extends SippPeers {
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

    @ParameterizedTest
    @ValueSource(strings = {"caller-sends-message", "caller-subscribes", "caller-registers"})
    void callerAsksForWhatIsNoCallAndIsRefusedProperly(String scenario) {
        try (Sipp caller = Sipp.caller(scenario, 1, ours.port)) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(caller.port)));
            caller.succeeds();
        }
    }

    @Test
    void callerWantsTooShortASessionInterval() {
        answeredCaller("caller-wants-short-interval");
    }

    @Test
    void callerIsRefusedWithTheWordsOfTheApplication() {
        try (Sipp caller = Sipp.caller("caller-is-refused", 1, ours.port)) {
            callIn(caller).call().reject(484, "Address Incomplete");
            caller.succeeds();
        }
    }

    @Test
    void callerRequiresAnUnknownExtension() {
        refusedByItself("caller-requires-unknown");
    }

    @Test
    void callerNamesNoCallOfOursInReplaces() {
        refusedByItself("caller-names-no-call");
    }

    private void refusedByItself(String scenario) {
        try (Sipp caller = Sipp.caller(scenario, 1, ours.port)) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(caller.port)));
            caller.succeeds();
        }
    }

    @Test
    void callerHoldsByUpdate() {
        try (Sipp caller = Sipp.caller("caller-updates", 1, ours.port)) {
            Switchboard.Inbound in = taken(caller);
            in.log().await(SipEvent.Offered.class);
            in.call().answer(Sdps.sdp(40000, "recvonly"));
            in.log().await(SipEvent.Offered.class);
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
        }
    }

    @Test
    void callerAsksOptionsOutsideAndInsideTheCall() {
        answeredCaller("caller-asks-options");
    }

    @Test
    void callerForgotTheCallBeforeOurBye() {
        hungUpByUs("caller-forgets-the-call");
    }

    @Test
    void callerIsBehindTwoProxies() {
        hungUpByUs("caller-comes-by-proxies");
    }

    private void hungUpByUs(String scenario) {
        try (Sipp caller = Sipp.caller(scenario, 1, ours.port)) {
            Switchboard.Inbound in = taken(caller);
            in.call().hangup(Reason.HANGUP_LOCAL);
            caller.succeeds();
        }
    }

    @Test
    void callerTakesADigit() {
        try (Sipp caller = Sipp.caller("caller-takes-digit", 1, ours.port)) {
            taken(caller).call().info('7', 100);
            caller.succeeds();
        }
    }

    @Test
    void callerLeavesRefreshingToUs() {
        try (Sipp caller = Sipp.caller("caller-wants-refreshes", 1, ours.port)) {
            ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(caller.port)))
                    .sessionTimer(true, Duration.ofMinutes(30), Duration.ofSeconds(1))
                    .trunk());
            Switchboard.Inbound in = ours.answerable();
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
        }
    }

    @Test
    void callerWritesCompactHeadersUtf8AndMultipart() {
        try (Sipp caller = Sipp.caller("caller-writes-compact", 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            assertThat(in.invite().displayName()).isEqualTo("Zoë Åström");
            assertThat(in.invite().sdp())
                    .hasValueSatisfying(sdp -> assertThat(sdp).contains("m=audio"));
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
        }
    }

    @Test
    void callerTakesATransfer() {
        try (Sipp caller = Sipp.caller("caller-takes-transfer", 1, ours.port)) {
            Switchboard.Inbound in = taken(caller);
            in.call().refer("+15550100009");
            assertThat(in.log().await(SipEvent.TransferProgress.class).code()).isEqualTo(202);
            assertThat(in.log().await(SipEvent.TransferProgress.class).code()).isEqualTo(200);
            caller.succeeds();
        }
    }

    @Test
    void callerGlares() {
        try (Sipp caller = Sipp.caller("caller-glares", 1, ours.port)) {
            Switchboard.Inbound in = taken(caller);
            in.call().reinvite(Sdps.sdp(40000, "sendonly"));
            in.log().await(SipEvent.Offered.class);
            in.call().answer(Sdps.sdp(40000, "inactive"));
            assertThat(in.log().await(SipEvent.Reanswered.class).sdp()).contains("a=recvonly");
            in.call().hangup(Reason.HANGUP_LOCAL);
            caller.succeeds();
        }
    }

    @Test
    void callerRefusesToBeHeldAndTheCallLivesOn() {
        try (Sipp caller = Sipp.caller("caller-refuses-hold", 1, ours.port)) {
            Switchboard.Inbound in = taken(caller);
            in.call().reinvite(Sdps.sdp(40000, "sendonly"));
            assertThat(in.log().await(SipEvent.ReofferFailed.class).code()).isEqualTo(488);
            in.call().hangup(Reason.HANGUP_LOCAL);
            caller.succeeds();
        }
    }

    @Test
    void callerIsHeldAndResumed() {
        try (Sipp caller = Sipp.caller("caller-is-held", 1, ours.port)) {
            Switchboard.Inbound in = taken(caller);
            in.call().reinvite(Sdps.sdp(40000, "sendonly"));
            assertThat(in.log().await(SipEvent.Reanswered.class).sdp()).contains("a=recvonly");
            in.call().reinvite(Sdps.offer(40000));
            assertThat(in.log().await(SipEvent.Reanswered.class).sdp()).doesNotContain("a=recvonly");
            in.call().hangup(Reason.HANGUP_LOCAL);
            caller.succeeds();
        }
    }

    @Test
    void callerGivesItsPlaceToAnother() {
        try (Sipp caller = Sipp.caller("caller-gives-place", 1, ours.port)) {
            Switchboard.Inbound in = taken(caller);
            in.log().await(SipEvent.Replaced.class);
            in.log().await(SipEvent.Offered.class);
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        }
    }

    @Test
    void callerComesByTcp() {
        try (Sipp caller = Sipp.caller("caller", 1, ours.port, "-t", "t1")) {
            Switchboard.Inbound in = callIn(caller);
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        }
    }
}
