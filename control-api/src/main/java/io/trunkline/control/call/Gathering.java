package io.trunkline.control.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects digits: a prompt that any digit cuts short, a timeout between digits, several attempts. */
final class Gathering {
    private Gathering() {}

    static void start(Turn turn, Verb.Gather gather, int attempt) {
        turn.script(turn.script().gathering(new ScriptState.GatherState(gather, "", attempt)));
        gather.prompt().forEach(verb -> ScriptRunner.run(turn, verb));
        if (gather.prompt().isEmpty()) {
            restartTimer(turn, gather);
        }
    }

    static void onPromptFinished(Turn turn) {
        ScriptState.GatherState state = turn.script().gather().orElseThrow();
        if (turn.playing().isEmpty() && state.digits().isEmpty()) {
            restartTimer(turn, state.verb());
        }
    }

    static void onDigit(Turn turn, char digit) {
        ScriptState.GatherState state = turn.script().gather().orElseThrow();
        if (state.digits().isEmpty() && !turn.playing().isEmpty()) {
            turn.act(new CallAction.StopPlayback(Optional.empty()));
        }
        if (state.verb().terminators().indexOf(digit) >= 0) {
            finish(turn, state, "terminator");
            return;
        }
        ScriptState.GatherState next = state.plus(digit);
        turn.script(turn.script().gathering(next));
        if (next.digits().length() >= next.verb().maxDigits()) {
            finish(turn, next, "complete");
        } else {
            restartTimer(turn, next.verb());
        }
    }

    static void onTimeout(Turn turn) {
        turn.script().gather().ifPresent(state -> finish(turn, state, "timeout"));
    }

    private static void restartTimer(Turn turn, Verb.Gather gather) {
        turn.act(new CallAction.StartTimer(CallTimer.GATHER, gather.timeout()));
    }

    private static void finish(Turn turn, ScriptState.GatherState state, String reason) {
        turn.act(new CallAction.CancelTimer(CallTimer.GATHER));
        Verb.Gather verb = state.verb();
        boolean enough = state.digits().length() >= verb.minDigits();
        if (!enough && state.attempt() < verb.attempts()) {
            start(turn, verb, state.attempt() + 1);
            return;
        }
        turn.emit("gather.finished", Turn.data("digits", state.digits(), "reason", enough ? reason : "too_few"));
        List<Verb> next = new ArrayList<>(enough ? verb.onResult() : List.of());
        next.addAll(turn.script().rest());
        turn.script(turn.script().released().rest(List.copyOf(next)));
        if (enough) {
            verb.onResultUrl()
                    .ifPresent(url -> ScriptRunner.run(turn, new Verb.Redirect(withDigits(url, state.digits()))));
        }
        ScriptRunner.advance(turn);
    }

    private static String withDigits(String url, String digits) {
        String safe = digits.replace("#", "%23").replace("*", "%2A");
        return url + (url.indexOf('?') < 0 ? "?" : "&") + "digits=" + safe;
    }
}
