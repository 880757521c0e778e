package io.trunkline.control.call;

import static io.trunkline.control.call.MachineDriver.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.MediaEvent;
import io.trunkline.sip.SipEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Dialling, bridging, rooms and transfers as one call decides them; what other calls say is fed by hand. */
class JoiningTest {
    private static final Verb.Play RINGBACK = new Verb.Play("play_r", new Verb.AudioRef.Tone("ringback"), 0);
    private static final Verb SAY = new Verb.Say("play_1", "After", Optional.empty(), Optional.empty(), 1, 1);
    private static final Verb.Dial DIAL = new Verb.Dial(
            "call_2",
            "+15550100002",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(20),
            Optional.of(RINGBACK),
            List.of(),
            List.of(),
            Optional.empty());

    @Test
    void aDialledLegIsHeardAfterTheRingbackAndTheScriptGoesOnWhenItIsOver() {
        MachineDriver call = new MachineDriver(plan(DIAL, SAY), "trk_a").answered();
        assertThat(call.actions(CallAction.PlayAudio.class)).containsExactly(new CallAction.PlayAudio(RINGBACK));
        assertThat(call.actions(CallAction.DialOut.class)).hasSize(1);
        call.feed(new CallInput.DialPlaced("call_2"), new CallInput.BridgeAsked("call_2"));
        assertThat(call.actions(CallAction.AcceptBridge.class)).containsExactly(new CallAction.AcceptBridge("call_2"));
        assertThat(call.actions(CallAction.StopPlayback.class)).isNotEmpty();
        assertThat(call.actions(CallAction.Speak.class)).isEmpty();
        call.later(Duration.ofSeconds(3)).feed(new CallInput.PartnerLeft("call_2"), ended("call_2"));
        assertThat(call.types()).containsSubsequence("dial.started", "bridge.started", "bridge.ended", "dial.finished");
        assertThat(data(call, "bridge.ended")).containsEntry("duration_ms", 3000L);
        assertThat(data(call, "dial.finished")).containsEntry("status", "completed");
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
    }

    @Test
    void aLegThatNobodyAnswersIsAResultAndNoEnd() {
        Verb.Dial asking = new Verb.Dial(
                "call_2",
                "+15550100002",
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(20),
                Optional.empty(),
                List.of(),
                List.of(SAY),
                Optional.of("https://a.test/next"));
        MachineDriver call = new MachineDriver(plan(asking), "trk_a").answered();
        call.feed(new CallInput.DialRefused("call_2", "destination_blocked", "Not there."));
        assertThat(data(call, "dial.finished"))
                .containsEntry("status", "failed")
                .containsEntry("cause", "destination_blocked");
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
        call.media(new MediaEvent.PlaybackFinished("play_1", 900, io.trunkline.media.PlaybackEnd.COMPLETED, ""));
        assertThat(call.actions(CallAction.FetchScript.class))
                .containsExactly(new CallAction.FetchScript("https://a.test/next?dial_status=failed"));
    }

    @Test
    void whoHangsUpWhileItRingsTakesTheLegAlong() {
        MachineDriver call = new MachineDriver(plan(DIAL), "trk_a").answered();
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API));
        assertThat(call.actions(CallAction.DropDialled.class)).containsExactly(new CallAction.DropDialled("call_2"));
        call.feed(new CallInput.DialPlaced("call_2"));
        assertThat(call.actions(CallAction.DropDialled.class)).hasSize(2);
    }

    @Test
    void twoCallsThatAreUpAreBridgedByCommandAndGoOnWhenOneLeaves() {
        MachineDriver asker = new MachineDriver(plan(NewCall.Program.SILENT), "trk_a").answered();
        asker.feed(command(new Verb.Bridge("call_2")));
        assertThat(asker.actions(CallAction.AskBridge.class)).containsExactly(new CallAction.AskBridge("call_2"));
        asker.feed(new CallInput.BridgeAccepted("call_2"), new CallInput.PartnerLeft("call_2"));
        assertThat(asker.types()).endsWith("bridge.started", "bridge.ended");
        assertThat(asker.actions(CallAction.SipHangup.class)).isEmpty();
    }

    @Test
    void aBridgeThatIsAskedForStopsWhatPlaysAndIsTakenOnce() {
        MachineDriver asked = new MachineDriver(plan(SAY), "trk_a").answered();
        asked.feed(new CallInput.BridgeAsked("call_2"), new CallInput.BridgeAsked("call_3"));
        assertThat(asked.actions(CallAction.StopPlayback.class)).isNotEmpty();
        assertThat(asked.actions(CallAction.AcceptBridge.class)).containsExactly(new CallAction.AcceptBridge("call_2"));
        assertThat(asked.actions(CallAction.RefuseBridge.class))
                .extracting(CallAction.RefuseBridge::callId)
                .containsExactly("call_3");
    }

    @Test
    void aRefusedBridgeIsToldAndTheScriptGoesOn() {
        MachineDriver call = new MachineDriver(plan(new Verb.Bridge("call_2"), SAY), "trk_a").answered();
        call.feed(new CallInput.BridgeRefused("call_2", "There is no such call on this node."));
        assertThat(call.types()).contains("bridge.failed");
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
    }

    @Test
    void aNewScriptEndsTheCompanyFirst() {
        MachineDriver call = new MachineDriver(plan(new Verb.Bridge("call_2")), "trk_a").answered();
        call.feed(new CallInput.BridgeAccepted("call_2"), command(new Verb.Script(List.of(SAY))));
        assertThat(call.actions(CallAction.LeaveBridge.class)).containsExactly(new CallAction.LeaveBridge("call_2"));
        assertThat(call.types()).contains("bridge.ended");
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
    }

    @Test
    void aRoomIsLeftWithTheCall() {
        MachineDriver call = new MachineDriver(plan(new Verb.Conference("team", false, false)), "trk_a").answered();
        call.feed(new CallInput.RoomEntered("team", 3));
        assertThat(data(call, "conference.joined")).containsEntry("participants", 3);
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API)).closed();
        assertThat(call.types()).endsWith("conference.joined", "conference.left", "call.ended");
        assertThat(call.actions(CallAction.LeaveRoom.class)).hasSize(1);
    }

    @Test
    void aReferralIsCompletedByItsOutcomeAndNotByItsAcceptance() {
        MachineDriver call = transferring(true);
        call.sip(new SipEvent.TransferProgress(202, "Accepted"), new SipEvent.TransferProgress(180, "Ringing"));
        assertThat(call.types()).doesNotContain("transfer.completed").endsWith("transfer.progress");
        call.sip(new SipEvent.TransferProgress(200, "OK"));
        assertThat(call.types()).endsWith("transfer.completed");
        assertThat(call.state.call().cause().orElseThrow().code()).isEqualTo("transferred");
    }

    @Test
    void aRefusedReferralLeavesTheCallHereAndItsScriptGoesOn() {
        MachineDriver call = transferring(true);
        call.sip(new SipEvent.TransferProgress(603, "Decline"));
        assertThat(call.types()).endsWith("transfer.failed");
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
    }

    @Test
    void aReferralThatNothingIsHeardOfIsGivenUp() {
        MachineDriver call = transferring(true);
        call.feed(new CallInput.Timer(CallTimer.VERB));
        assertThat(call.types()).endsWith("transfer.failed");
    }

    @Test
    void aTransferByANewLegJoinsItAndEndsWithIt() {
        MachineDriver call = transferring(false);
        assertThat(call.actions(CallAction.DialOut.class)).hasSize(1);
        call.feed(new CallInput.BridgeAsked("call_2"));
        assertThat(call.types()).endsWith("bridge.started", "transfer.completed");
        call.feed(ended("call_2"));
        assertThat(call.state.call().cause().orElseThrow().code()).isEqualTo("transferred");
    }

    @Test
    void aCallThatIsNotUpRefusesToBeBridged() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").dialled();
        call.feed(new CallInput.BridgeAsked("call_2"));
        assertThat(call.actions(CallAction.RefuseBridge.class)).hasSize(1);
    }

    private static MachineDriver transferring(boolean byReferral) {
        return new MachineDriver(plan(new Verb.Transfer("call_2", "+15550100002", byReferral), SAY), "trk_a")
                .answered();
    }

    private static CallInput command(Verb verb) {
        return new CallInput.Command(verb);
    }

    private static CallInput ended(String callId) {
        MachineDriver leg = new MachineDriver(
                        plan(callId, "+15550100002", new NewCall.Program(List.of(SAY), false)), "trk_a")
                .answered();
        leg.feed(new CallInput.Hangup(CallInput.HangupBy.API));
        return new CallInput.DialEnded(callId, leg.state.call());
    }

    private static java.util.Map<String, Object> data(MachineDriver call, String type) {
        return call.events.stream()
                .filter(event -> event.type().equals(type))
                .findFirst()
                .orElseThrow()
                .data();
    }
}
