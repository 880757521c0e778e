package io.trunkline.control.call;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.MediaEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a call does with the detector's verdicts: tells them, branches, and waits for a voicemail's beep. */
final class Verdicts {
    /** How long after a greeting a beep may still come: most are within a second. */
    static final Duration BEEP_WAIT = Duration.ofMillis(1500);
    /** A greeting that neither ends nor beeps for so long is spoken over. */
    static final Duration LONGEST_GREETING = Duration.ofSeconds(60);

    private Verdicts() {}

    static void onMedia(Turn turn, MediaEvent event) {
        switch (event) {
            case MediaEvent.AmdHypothesis(Map<String, Double> probabilities, long ms) ->
                turn.emit("amd.hypothesis", Turn.data("p", probabilities, "ms", ms));
            case MediaEvent.AmdResult result -> onVerdict(turn, result);
            case MediaEvent.AmdGreetingEnded(long ms) -> onGreetingEnded(turn, ms);
            case MediaEvent.AmdBeep beep -> onBeep(turn, beep);
            default -> throw new IllegalArgumentException("not of the detector: " + event);
        }
    }

    /** The program is held until a verdict comes. */
    static boolean isAwaited(Turn turn) {
        return turn.plan().amd().filter(AmdPolicy::hold).isPresent()
                && turn.call().amd().isEmpty();
    }

    static void await(Turn turn) {
        turn.plan()
                .amd()
                .flatMap(AmdPolicy::comfort)
                .ifPresent(comfort -> turn.act(new CallAction.StartTimer(CallTimer.COMFORT, comfort.after())));
    }

    static void comfort(Turn turn) {
        if (isAwaited(turn)) {
            turn.plan()
                    .amd()
                    .flatMap(AmdPolicy::comfort)
                    .ifPresent(comfort -> ScriptRunner.run(turn, comfort.prompt()));
        }
    }

    private static void onGreetingEnded(Turn turn, long ms) {
        turn.amd(amd ->
                new CallSnapshot.Amd(amd.verdict(), amd.confidence(), amd.decidedMs(), Optional.of(ms), amd.beepMs()));
        turn.emit("amd.greeting_ended", Turn.data("ms", ms));
        if (turn.awaitsBeep()) {
            turn.act(new CallAction.StartTimer(CallTimer.BEEP, BEEP_WAIT));
        }
    }

    private static void onBeep(Turn turn, MediaEvent.AmdBeep beep) {
        turn.amd(amd -> new CallSnapshot.Amd(
                amd.verdict(), amd.confidence(), amd.decidedMs(), amd.greetingEndMs(), Optional.of(beep.onsetMs())));
        turn.emit(
                "amd.beep",
                Turn.data(
                        "onset_ms", beep.onsetMs(),
                        "freq_hz", beep.frequencyHz(),
                        "length_ms", beep.lengthMs()));
        speakNow(turn);
    }

    /** The beep is over, or none will come. */
    static void speakNow(Turn turn) {
        turn.act(new CallAction.CancelTimer(CallTimer.BEEP));
        turn.takeAfterBeep().ifPresent(verbs -> ScriptRunner.replace(turn, verbs));
    }

    private static void onVerdict(Turn turn, MediaEvent.AmdResult result) {
        String verdict = result.verdict().name().toLowerCase(Locale.ROOT);
        turn.update(turn.call()
                .withAmd(new CallSnapshot.Amd(
                        verdict, result.confidence(), result.ms(), Optional.empty(), Optional.empty())));
        turn.emit(
                "amd.result",
                Turn.data(
                        "verdict", verdict,
                        "confidence", result.confidence(),
                        "reason", result.reason(),
                        "ms", result.ms()));
        turn.act(new CallAction.CancelTimer(CallTimer.COMFORT));
        turn.plan().amd().ifPresent(policy -> follow(turn, policy, result.verdict()));
    }

    private static void follow(Turn turn, AmdPolicy policy, AmdVerdict verdict) {
        Optional<List<Verb>> branch = branch(policy, verdict);
        if (branch.isPresent() && turn.plan().program().equals(NewCall.Program.SILENT)) {
            turn.script(turn.script().ending()); // it was kept up only for want of anything to do
        }
        if (verdict == AmdVerdict.MACHINE && policy.waitForBeep()) {
            List<Verb> message = branch.orElseGet(() -> turn.plan().program().verbs());
            turn.sayAfterBeep(message);
            // made now, so that it starts as soon as the beep is over
            turn.act(new CallAction.Prepare(message));
            turn.act(new CallAction.StartTimer(CallTimer.BEEP, LONGEST_GREETING));
        } else if (branch.isPresent()) {
            ScriptRunner.replace(turn, branch.get());
        } else if (policy.hold() && turn.script().started()) {
            ScriptRunner.advance(turn);
        }
    }

    private static Optional<List<Verb>> branch(AmdPolicy policy, AmdVerdict verdict) {
        return switch (verdict) {
            case HUMAN -> policy.onHuman();
            case MACHINE, SCREENER, FAX -> policy.onMachine();
            case TONE, SILENCE, UNKNOWN -> Optional.empty();
        };
    }
}
