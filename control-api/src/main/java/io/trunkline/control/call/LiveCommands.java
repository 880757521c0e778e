package io.trunkline.control.call;

import java.util.List;

/** Commands from outside, beside the script: they never disturb what the script waits for, except by ending the call. */
final class LiveCommands {
    private LiveCommands() {}

    static void beforeAnswer(Turn turn, Verb verb) {
        if (verb instanceof Verb.Hangup) {
            CallingPhase.onCalling(turn, new CallInput.Hangup(CallInput.HangupBy.API));
        }
    }

    static void onCommand(Turn turn, Verb verb) {
        switch (verb) {
            case Verb.Hangup() -> TalkingPhase.hangup(turn, CallInput.HangupBy.API);
            case Verb.Script(var verbs) -> ScriptRunner.replace(turn, verbs);
            case Verb.Gather gather -> ScriptRunner.replace(turn, List.of(gather));
            case Verb.Redirect redirect -> ScriptRunner.replace(turn, List.of(redirect));
            default -> ScriptRunner.run(turn, verb);
        }
    }
}
