package io.trunkline.control.call;

import static io.trunkline.control.call.MachineDriver.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.PlaybackEnd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Verb SAY = say("play_1", "This is for a person.");
    private static final Verb MESSAGE = say("play_2", "This is a message.");
    private static final Verb WAIT = say("play_3", "One moment, please.");
    private static final MediaEvent MACHINE = new MediaEvent.AmdResult(AmdVerdict.MACHINE, 0.97, "long greeting", 2100);
    private static final MediaEvent HUMAN = new MediaEvent.AmdResult(AmdVerdict.HUMAN, 0.97, "short greeting", 900);

    @Test
    void aHumanHearsTheScriptOnlyAfterTheVerdictWhereTheCallWaitsForIt() {
        MachineDriver call = answered(hangUpOnMachines());
        assertThat(spoken(call)).isEmpty();
        assertThat(spoken(call.media(HUMAN))).containsExactly(SAY);
    }

    @Test
    void aMachineIsHungUpOnWhereThePolicySaysSo() {
        MachineDriver call = answered(hangUpOnMachines()).media(MACHINE);
        assertThat(call.actions(CallAction.SipHangup.class)).hasSize(1);
        assertThat(spoken(call)).isEmpty();
    }

    @Test
    void aVoicemailIsSpokenToAfterItsBeep() {
        MachineDriver call = answered(leaveAMessage()).media(MACHINE);
        assertThat(spoken(call)).isEmpty();
        call.media(new MediaEvent.AmdGreetingEnded(5000), new MediaEvent.AmdBeep(5400, 1000, 400));
        assertThat(spoken(call)).containsExactly(MESSAGE);
        assertThat(call.state.call().amd().orElseThrow().beepMs()).contains(5400L);
    }

    @Test
    void theMessageIsMadeWhileTheGreetingLasts() {
        MachineDriver call = answered(leaveAMessage()).media(MACHINE);
        assertThat(call.actions(CallAction.Prepare.class)).contains(new CallAction.Prepare(List.of(MESSAGE)));
    }

    @Test
    void aVoicemailWithoutABeepIsSpokenToAfterItsGreeting() {
        MachineDriver call = answered(leaveAMessage()).media(MACHINE);
        call.media(new MediaEvent.AmdGreetingEnded(5000));
        assertThat(call.actions(CallAction.StartTimer.class))
                .contains(new CallAction.StartTimer(CallTimer.BEEP, Verdicts.BEEP_WAIT));
        assertThat(spoken(call)).isEmpty();
        assertThat(spoken(call.feed(new CallInput.Timer(CallTimer.BEEP)))).containsExactly(MESSAGE);
    }

    @Test
    void aGreetingThatNeverEndsIsSpokenOverInTheEnd() {
        MachineDriver call = answered(leaveAMessage()).media(MACHINE);
        assertThat(call.actions(CallAction.StartTimer.class))
                .contains(new CallAction.StartTimer(CallTimer.BEEP, Verdicts.LONGEST_GREETING));
    }

    /** Without waiting for the verdict the script speaks at once, and may be over before the beep. */
    @Test
    void aScriptThatEndsBeforeTheBeepDoesNotEndTheCall() {
        MachineDriver call = answered(policy(false, Optional.empty(), Optional.of(List.of(MESSAGE)), true));
        assertThat(spoken(call)).containsExactly(SAY);
        call.media(MACHINE, finished("play_1"));
        assertThat(call.actions(CallAction.SipHangup.class)).isEmpty();
        call.media(new MediaEvent.AmdBeep(5400, 1000, 400));
        assertThat(spoken(call)).containsExactly(SAY, MESSAGE);
    }

    @Test
    void aCallWithoutAScriptEndsWithWhatTheVerdictAsksFor() {
        NewCall silent = MachineDriver.plan(NewCall.Program.SILENT);
        MachineDriver call = new MachineDriver(
                        MachineDriver.with(silent, Optional.of(leaveAMessage()), Optional.empty()), "trk_a")
                .answered()
                .media(MACHINE, new MediaEvent.AmdBeep(5400, 1000, 400));
        assertThat(call.actions(CallAction.SipHangup.class)).isEmpty();
        call.media(finished("play_2"));
        assertThat(call.actions(CallAction.SipHangup.class)).hasSize(1);
    }

    @Test
    void aHumanOverturnedByABeepIsLeftTheMessageAfterIt() {
        MachineDriver call = answered(leaveAMessage()).media(HUMAN);
        assertThat(spoken(call)).containsExactly(SAY);
        call.media(MACHINE, new MediaEvent.AmdBeep(2400, 1000, 400));
        assertThat(spoken(call)).containsExactly(SAY, MESSAGE);
        assertThat(call.actions(CallAction.StopPlayback.class)).isNotEmpty();
    }

    @Test
    void aPromptIsSaidIntoDeadAirAndDoesNotStartTheScript() {
        MachineDriver call = answered(leaveAMessage());
        assertThat(call.actions(CallAction.StartTimer.class))
                .contains(new CallAction.StartTimer(CallTimer.COMFORT, Duration.ofMillis(1500)));
        call.feed(new CallInput.Timer(CallTimer.COMFORT));
        assertThat(spoken(call)).containsExactly(WAIT);
        call.media(finished("play_3"));
        assertThat(spoken(call)).containsExactly(WAIT);
        call.media(HUMAN);
        assertThat(spoken(call)).containsExactly(WAIT, SAY);
    }

    @Test
    void noPromptIsSaidOnceThereIsAVerdict() {
        MachineDriver call = answered(leaveAMessage()).media(HUMAN).feed(new CallInput.Timer(CallTimer.COMFORT));
        assertThat(spoken(call)).containsExactly(SAY);
    }

    private static MachineDriver answered(AmdPolicy policy) {
        NewCall plan = MachineDriver.with(plan(SAY), Optional.of(policy), Optional.empty());
        return new MachineDriver(plan, "trk_a").answered();
    }

    private static AmdPolicy hangUpOnMachines() {
        return policy(true, Optional.empty(), Optional.of(List.of(new Verb.Hangup())), false);
    }

    private static AmdPolicy leaveAMessage() {
        return policy(true, Optional.empty(), Optional.of(List.of(MESSAGE)), true);
    }

    private static AmdPolicy policy(
            boolean hold, Optional<List<Verb>> onHuman, Optional<List<Verb>> onMachine, boolean waitForBeep) {
        AmdPolicy.Comfort comfort = new AmdPolicy.Comfort(Duration.ofMillis(1500), WAIT);
        return new AmdPolicy(AmdSpec.DEFAULT, hold, onHuman, onMachine, waitForBeep, Optional.of(comfort));
    }

    private static List<Verb> spoken(MachineDriver call) {
        return call.actions(CallAction.Speak.class).stream()
                .<Verb>map(CallAction.Speak::say)
                .toList();
    }

    private static MediaEvent finished(String playId) {
        return new MediaEvent.PlaybackFinished(playId, 800, PlaybackEnd.COMPLETED, "");
    }

    private static Verb say(String id, String text) {
        return new Verb.Say(id, text, Optional.empty(), Optional.empty(), 1, 1);
    }
}
