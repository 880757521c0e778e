package io.trunkline.control.call;

import static io.trunkline.control.call.MachineDriver.ANSWERED;
import static io.trunkline.control.call.MachineDriver.end;
import static io.trunkline.control.call.MachineDriver.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.DtmfMethod;
import io.trunkline.media.LegStats;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.Negotiation;
import io.trunkline.media.PlaybackEnd;
import io.trunkline.media.RecordingFile;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallMachineTest {
    private static final Verb SAY = new Verb.Say("play_1", "Hello", Optional.empty(), Optional.empty(), 1, 1);

    @Test
    void aSayCallIsDialledAnsweredSpokenAndHungUp() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").answered();
        call.media(
                new MediaEvent.PlaybackStarted("play_1"),
                new MediaEvent.PlaybackFinished("play_1", 800, PlaybackEnd.COMPLETED, ""));
        assertThat(call.actions(CallAction.SipHangup.class)).hasSize(1);
        assertThat(call.state.call().status()).isEqualTo(CallStatus.COMPLETED);
        call.closed();
        assertThat(call.types())
                .containsExactly(
                        "call.dialing",
                        "call.ringing",
                        "call.answered",
                        "playback.started",
                        "playback.finished",
                        "call.ended");
        assertThat(call.events.getLast().call().cause().orElseThrow().code()).isEqualTo("script_finished");
        assertThat(call.actions(CallAction.Retire.class)).hasSize(1);
    }

    @Test
    void seqHasNoHolesAndStartsAfterCreated() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").answered().closed();
        assertThat(call.events.stream().map(CallEvent::seq)).isSorted().doesNotHaveDuplicates();
        assertThat(call.events.getFirst().seq()).isEqualTo(2);
        assertThat(call.events.getLast().seq()).isEqualTo(1 + call.events.size());
    }

    @Test
    void theFirstWordWaitsForTheCalleesMediaOrItsGrace() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").dialled().sip(ANSWERED);
        call.feed(agreed());
        assertThat(call.actions(CallAction.Speak.class)).isEmpty();
        call.feed(new CallInput.Timer(CallTimer.MEDIA_GRACE));
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
        call.media(new MediaEvent.MediaConnected("127.0.0.1:4000"));
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "486, BUSY, BUSY",
        "600, BUSY, BUSY",
        "603, DECLINED, REJECTED",
        "607, DECLINED, REJECTED",
        "608, DECLINED, REJECTED",
        "408, NO_ANSWER, NO_ANSWER",
        "480, NO_ANSWER, NO_ANSWER",
        "487, CANCELLED, NO_ANSWER",
        "0, RING_TIMEOUT, NO_ANSWER",
        "404, NOT_FOUND, FAILED",
        "503, TRUNK_ERROR, FAILED",
        "0, TRUNK_UNREACHABLE, FAILED",
    })
    void theCarriersWordDecidesTheStatus(int code, SipEnd.Reason reason, CallStatus status) {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").dialled();
        call.sip(new SipEvent.Ended(end(code, reason, false))).closed();
        assertThat(call.state.call().status()).isEqualTo(status);
        assertThat(call.types()).endsWith("call.ended");
        assertThat(call.events.getLast().call().cause().orElseThrow().sipStatus())
                .isEqualTo(code == 0 ? Optional.empty() : Optional.of(code));
    }

    @Test
    void anotherTrunkIsTriedOnlyWhereTheStackAllowsIt() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a", "trk_b").dialled();
        call.sip(new SipEvent.Ended(end(503, SipEnd.Reason.TRUNK_ERROR, true)));
        assertThat(call.actions(CallAction.OpenMedia.class))
                .extracting(CallAction.OpenMedia::trunkId)
                .containsExactly("trk_a", "trk_b");
        call.sip(new SipEvent.Ended(end(486, SipEnd.Reason.BUSY, false)));
        assertThat(call.state.call().status()).isEqualTo(CallStatus.BUSY);
        assertThat(call.types()).containsExactly("call.dialing");
    }

    @Test
    void aHangupBeforeTheAnswerIsCancelledAtOnceAndTheCrossingAnswerChangesNothing() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").dialled();
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API));
        assertThat(call.state.call().status()).isEqualTo(CallStatus.CANCELLED);
        call.sip(ANSWERED).closed().sip(new SipEvent.Ended(end(487, SipEnd.Reason.CANCELLED, false)));
        assertThat(call.types()).containsExactly("call.dialing", "call.ended");
        assertThat(call.state.call().status()).isEqualTo(CallStatus.CANCELLED);
    }

    @Test
    void theEndComesWithoutMediaWhenMediaDoesNotClose() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").answered();
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API), new CallInput.Timer(CallTimer.ENDING));
        assertThat(call.types()).endsWith("call.ended");
        call.closed();
        assertThat(call.types()).containsOnlyOnce("call.ended");
    }

    @Test
    void whatWasStillPlayingIsToldBeforeTheEnd() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").answered();
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API));
        call.media(new MediaEvent.MediaClosed(
                LegStats.EMPTY, List.of(new MediaEvent.PlaybackFinished("play_1", 120, PlaybackEnd.HANGUP, ""))));
        assertThat(call.types()).endsWith("playback.finished", "call.ended");
    }

    @Test
    void onlyRecordingsComeAfterTheEndAndThenTheCallIsForgotten() {
        Verb.StartRecording record = Verb.StartRecording.dual("rec_1");
        MachineDriver call = new MachineDriver(plan(record, SAY), "trk_a").answered();
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API)).closed();
        assertThat(call.actions(CallAction.Retire.class)).isEmpty();
        call.media(new MediaEvent.RecordingCompleted(
                new RecordingFile("rec_1", Path.of("rec_1.wav"), 2, 8000, 900, 100, "ab", List.of())));
        assertThat(call.types()).endsWith("call.ended", "recording.completed");
        assertThat(call.actions(CallAction.Retire.class)).hasSize(1);
    }

    @Test
    void anAnswerWithoutUsableMediaFailsWithoutBeingCalledAnswered() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").dialled().sip(ANSWERED);
        call.feed(new CallInput.Negotiated(new Negotiation.Refused("no_common_codec", "they offer G.729 alone")));
        call.closed();
        assertThat(call.types()).containsExactly("call.dialing", "call.ended");
        assertThat(call.state.call().status()).isEqualTo(CallStatus.FAILED);
        assertThat(call.actions(CallAction.SipHangup.class)).hasSize(1);
    }

    @Test
    void aCalleeHeardBeforeTheAnswerIsSpokenToAtOnce() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").dialled();
        call.sip(new SipEvent.EarlyMedia(183, "v=0 early")).media(new MediaEvent.MediaConnected("127.0.0.1:4000"));
        call.sip(ANSWERED).feed(agreed());
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
    }

    @Test
    void talkTimeIsMonotonic() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").answered().later(Duration.ofSeconds(7));
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API));
        assertThat(call.state.call().times().talked()).contains(Duration.ofSeconds(7));
    }

    @Test
    void aScriptThatCannotBeFetchedEndsTheCallAndSaysSo() {
        MachineDriver call = new MachineDriver(plan(new Verb.Redirect("https://example.com/s")), "trk_a").answered();
        assertThat(call.actions(CallAction.FetchScript.class)).hasSize(1);
        call.feed(new CallInput.ScriptFailed("404")).closed();
        assertThat(call.events.getLast().call().cause().orElseThrow().code()).isEqualTo("script_error");
    }

    @Test
    void aFetchedScriptRunsBeforeWhatFollowedTheRedirect() {
        MachineDriver call = new MachineDriver(
                        plan(new Verb.Redirect("https://example.com/s"), new Verb.Hangup()), "trk_a")
                .answered();
        call.feed(new CallInput.ScriptArrived(List.of(SAY)));
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
        assertThat(call.actions(CallAction.SipHangup.class)).isEmpty();
    }

    @Test
    void digitsAreGatheredAndTheFirstCutsThePromptShort() {
        Verb.Gather gather = new Verb.Gather(
                1, 4, Duration.ofSeconds(5), "#", 1, List.of(SAY), List.of(new Verb.SendDigits("1")), Optional.empty());
        MachineDriver call = new MachineDriver(plan(gather), "trk_a").answered();
        call.media(digit('1'));
        assertThat(call.actions(CallAction.StopPlayback.class)).hasSize(1);
        call.media(new MediaEvent.PlaybackFinished("play_1", 100, PlaybackEnd.STOPPED, ""), digit('2'), digit('#'));
        CallEvent finished = call.events.stream()
                .filter(event -> event.type().equals("gather.finished"))
                .findFirst()
                .orElseThrow();
        assertThat(finished.data()).containsEntry("digits", "12").containsEntry("reason", "terminator");
        assertThat(call.actions(CallAction.SendDigits.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"DIGITS, true, false", "SPEECH, false, true", "ANY, true, true", "NONE, false, false"})
    void theOtherSideCutsAPlaybackShortAsItIsAllowedTo(BargeIn allowed, boolean byDigit, boolean bySpeech) {
        Verb say = new Verb.Say("play_1", "Hello", Optional.empty(), Optional.empty(), 1, 1, allowed);
        MachineDriver pressed = new MachineDriver(plan(say), "trk_a").answered();
        pressed.media(digit('1'), digit('2'));
        assertThat(pressed.actions(CallAction.StopPlayback.class)).hasSize(byDigit ? 1 : 0);
        MachineDriver spoken = new MachineDriver(plan(say), "trk_a").answered();
        assertThat(spoken.actions(CallAction.WatchSpeech.class)).hasSize(bySpeech ? 1 : 0);
        spoken.media(new MediaEvent.SpeechStarted(500));
        assertThat(spoken.actions(CallAction.StopPlayback.class)).hasSize(bySpeech ? 1 : 0);
        assertThat(spoken.types().contains("playback.interrupted")).isEqualTo(bySpeech);
    }

    @Test
    void aCallThatOnlyRingsIsCancelledAfterItsTimeAndHungUpIfAnswered() {
        NewCall ring = MachineDriver.with(plan(), Optional.empty(), Optional.of(Duration.ofSeconds(8)));
        MachineDriver call = new MachineDriver(ring, "trk_a").dialled().sip(new SipEvent.Ringing(180));
        assertThat(call.actions(CallAction.StartTimer.class))
                .contains(new CallAction.StartTimer(CallTimer.RING_ONLY, Duration.ofSeconds(8)));
        call.feed(new CallInput.Timer(CallTimer.RING_ONLY));
        assertThat(call.state.call().status()).isEqualTo(CallStatus.CANCELLED);
        MachineDriver quick = new MachineDriver(ring, "trk_a").answered();
        assertThat(quick.actions(CallAction.SipHangup.class)).hasSize(1);
        assertThat(quick.state.call().status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void everyEventCarriesTheCallAsItStoodThen() {
        MachineDriver call = new MachineDriver(plan(SAY), "trk_a").answered();
        assertThat(call.events.stream().map(event -> event.call().status()))
                .containsExactly(CallStatus.DIALING, CallStatus.RINGING, CallStatus.IN_PROGRESS);
    }

    private static CallInput agreed() {
        return new CallInput.Negotiated(new Negotiation.Agreed("ours", Codec.PCMA, Direction.SENDRECV));
    }

    private static MediaEvent digit(char digit) {
        return new MediaEvent.DigitReceived(digit, 100, DtmfMethod.RFC4733);
    }
}
