package io.trunkline.control.call;

import java.util.List;

/** Commands from outside, beside the script: they never disturb what the script waits for, except by ending the call. */
final class LiveCommands {
    private LiveCommands() {}

    /** A call out that nobody has answered yet can be prepared for, changed in what it will do, and ended. */
    static void beforeAnswer(Turn turn, Verb verb) {
        switch (verb) {
            case Verb.Hangup() -> CallingPhase.onCalling(turn, new CallInput.Hangup(CallInput.HangupBy.API));
            case Verb.Stage(Verb.Say say) -> Staging.stage(turn, say);
            case Verb.Set _ -> ScriptRunner.run(turn, verb);
            case Verb.Script(List<Verb> verbs) -> turn.script(turn.script().rest(verbs));
            default -> throw tooEarly();
        }
    }

    /** A call in that rings here is answered, refused, or given another script. */
    static void whileOffered(Turn turn, Verb verb) {
        switch (verb) {
            case Verb.Answer() -> {
                if (!turn.script().fetching()) {
                    turn.act(new CallAction.CancelTimer(CallTimer.VERB));
                    turn.script(turn.script().released().staying().fetching(true));
                    turn.act(new CallAction.OpenMediaForCaller());
                }
            }
            case Verb.Hangup() -> OfferedPhase.on(turn, new CallInput.Hangup(CallInput.HangupBy.API));
            case Verb.Reject _, Verb.Set _, Verb.Browser _ -> ScriptRunner.run(turn, verb);
            case Verb.Stage(Verb.Say say) -> Staging.stage(turn, say);
            case Verb.Script(List<Verb> verbs) -> ScriptRunner.replace(turn, verbs);
            case Verb.Redirect redirect -> ScriptRunner.replace(turn, List.of(redirect));
            default -> throw tooEarly();
        }
    }

    private static CallRefused tooEarly() {
        return CallRefused.of(409, "call_not_active", "This call is not answered yet.");
    }

    static void onCommand(Turn turn, Verb verb) {
        switch (verb) {
            case Verb.Hangup() -> TalkingPhase.hangup(turn, CallInput.HangupBy.API);
            case Verb.Script(var verbs) -> ScriptRunner.replace(turn, verbs);
            case Verb.Gather gather -> ScriptRunner.replace(turn, List.of(gather));
            case Verb.Redirect redirect -> ScriptRunner.replace(turn, List.of(redirect));
            case Verb.Reject _ -> throw CallRefused.of(409, "conflict", "This call is answered already: hang it up.");
            default -> ScriptRunner.run(turn, verb);
        }
    }
}
