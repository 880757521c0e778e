package io.trunkline.control.call;

import static io.trunkline.control.call.MachineDriver.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.PlaybackEnd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commands to a call from outside, at every moment of its life; and the scripts that cannot be had. */
class LiveCommandsTest {
    private static final String TEXT = "One two three four five six seven eight nine ten";
    private static final Verb.Say SAY = new Verb.Say("play_9", TEXT, Optional.empty(), Optional.empty(), 1, 1);
    private static final NewCall SILENT = plan(NewCall.Program.SILENT);

    @Test
    void preparedSpeechIsMadeWhileThePhoneRingsAndSpokenWhenCommitted() {
        MachineDriver call = new MachineDriver(SILENT, "trk_a").dialled();
        call.feed(command(new Verb.Stage(SAY)));
        assertThat(call.actions(CallAction.Prepare.class)).contains(new CallAction.Prepare(List.of(SAY)));
        call.sip(MachineDriver.ANSWERED)
                .feed(MachineDriver.agreed())
                .media(new MediaEvent.MediaConnected("127.0.0.1:4000"));
        assertThat(call.actions(CallAction.Speak.class)).isEmpty();
        call.feed(command(new Verb.Commit("play_9")));
        assertThat(call.actions(CallAction.Speak.class)).containsExactly(new CallAction.Speak(SAY));
    }

    @Test
    void preparedSpeechIsSpokenOnce() {
        MachineDriver call = new MachineDriver(SILENT, "trk_a").answered();
        call.feed(command(new Verb.Stage(SAY)), command(new Verb.Commit("play_9")));
        assertThatThrownBy(() -> call.feed(command(new Verb.Commit("play_9"))))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void whatNeedsAnAnswerIsRefusedBeforeIt() {
        MachineDriver call = new MachineDriver(SILENT, "trk_a").dialled();
        assertThatThrownBy(() -> call.feed(command(SAY)))
                .isInstanceOfSatisfying(
                        CallRefused.class, refused -> assertThat(refused.code()).isEqualTo("call_not_active"));
    }

    @Test
    void anythingIsRefusedOnceTheCallEnds() {
        MachineDriver call = new MachineDriver(SILENT, "trk_a").answered();
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API));
        assertThatThrownBy(() -> call.feed(command(SAY))).isInstanceOf(CallRefused.class);
    }

    @Test
    void anInterruptedTextIsToldAsFarAsItWasHeardInWholeWords() {
        MachineDriver call = new MachineDriver(SILENT, "trk_a").answered();
        call.feed(command(SAY)).media(new MediaEvent.PlaybackFinished("play_9", 1000, 4800, PlaybackEnd.STOPPED, ""));
        assertThat(call.events.getLast().data()).containsEntry("text_heard", "One two");
    }

    @Test
    void aTextSpokenToItsEndWasHeardWhole() {
        MachineDriver call = new MachineDriver(SILENT, "trk_a").answered();
        call.feed(command(SAY)).media(new MediaEvent.PlaybackFinished("play_9", 4800, PlaybackEnd.COMPLETED, ""));
        assertThat(call.events.getLast().data()).containsEntry("text_heard", TEXT);
    }

    @Test
    void aTextThatWasNeverBegunWasNotHeard() {
        MachineDriver call = new MachineDriver(SILENT, "trk_a").answered();
        call.feed(command(SAY)).media(new MediaEvent.PlaybackFinished("play_9", 0, PlaybackEnd.HANGUP, ""));
        assertThat(call.events.getLast().data()).containsEntry("text_heard", "");
    }

    @Test
    void aScriptThatCannotBeHadFallsBackOnce() {
        NewCall.Program asks = new NewCall.Program(List.of(new Verb.Redirect("https://a.test/s")), false)
                .fallingBackTo(Optional.of("https://b.test/s"));
        MachineDriver call = new MachineDriver(plan(asks), "trk_a").answered();
        call.feed(new CallInput.ScriptFailed("the server answered 500"));
        assertThat(call.actions(CallAction.FetchScript.class))
                .extracting(CallAction.FetchScript::url)
                .containsExactly("https://a.test/s", "https://b.test/s");
        assertThat(call.types()).contains("script.failed");
        call.feed(new CallInput.ScriptArrived(List.of(SAY)));
        assertThat(call.actions(CallAction.Speak.class)).hasSize(1);
        call.feed(command(new Verb.Redirect("https://a.test/t")), new CallInput.ScriptFailed("again"))
                .closed();
        assertThat(call.events.getLast().call().cause().orElseThrow().code()).isEqualTo("script_error");
    }

    @Test
    void aCallInIsAnsweredByCommandAndStaysUp() {
        MachineDriver call = MachineDriver.inbound(plan(new Verb.Pause(java.time.Duration.ofHours(1))));
        call.feed(new CallInput.Start(), command(new Verb.Answer()), new CallInput.MediaOpened("answer"));
        assertThat(call.actions(CallAction.SipAnswer.class)).hasSize(1);
        assertThat(call.state.phase()).isEqualTo(CallState.Phase.TALKING);
        call.media(new MediaEvent.MediaConnected("127.0.0.1:4000"));
        assertThat(call.actions(CallAction.SipHangup.class)).isEmpty();
    }

    @Test
    void aCallInThatNothingAnswersEndsWithNoAnswer() {
        MachineDriver call = MachineDriver.inbound(plan(NewCall.Program.SILENT));
        call.feed(new CallInput.Start(), new CallInput.Timer(CallTimer.RING_ONLY));
        assertThat(call.actions(CallAction.SipReject.class))
                .extracting(CallAction.SipReject::code)
                .containsExactly(480);
        assertThat(call.state.call().status()).isEqualTo(CallStatus.NO_ANSWER);
    }

    private static CallInput command(Verb verb) {
        return new CallInput.Command(verb);
    }
}
