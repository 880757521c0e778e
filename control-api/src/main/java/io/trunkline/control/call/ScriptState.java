package io.trunkline.control.call;

import java.util.List;
import java.util.Optional;

/**
 * Where a script stands.
 *
 * @param started false until media is ready or a verdict is there
 * @param rest the verbs still to run
 * @param waitingFor the playback the current verb waits for
 * @param timing the current verb waits for the VERB timer
 * @param fetching the current verb waits for a script from a URL
 * @param gather the digits being collected
 */
record ScriptState(
        boolean started,
        List<Verb> rest,
        boolean keep,
        Optional<String> waitingFor,
        boolean timing,
        boolean fetching,
        Optional<GatherState> gather) {

    static ScriptState of(NewCall.Program program) {
        return new ScriptState(
                false, program.verbs(), program.keep(), Optional.empty(), false, false, Optional.empty());
    }

    boolean idle() {
        return started && waitingFor.isEmpty() && !timing && !fetching && gather.isEmpty();
    }

    ScriptState begun() {
        return new ScriptState(true, rest, keep, waitingFor, timing, fetching, gather);
    }

    ScriptState rest(List<Verb> next) {
        return new ScriptState(started, next, keep, waitingFor, timing, fetching, gather);
    }

    /** What runs now ends the call when it is done. */
    ScriptState ending() {
        return new ScriptState(started, rest, false, waitingFor, timing, fetching, gather);
    }

    ScriptState waitingFor(String playId) {
        return new ScriptState(started, rest, keep, Optional.of(playId), timing, fetching, gather);
    }

    ScriptState timing(boolean on) {
        return new ScriptState(started, rest, keep, waitingFor, on, fetching, gather);
    }

    ScriptState fetching(boolean on) {
        return new ScriptState(started, rest, keep, waitingFor, timing, on, gather);
    }

    ScriptState gathering(GatherState next) {
        return new ScriptState(started, rest, keep, waitingFor, timing, fetching, Optional.of(next));
    }

    /** Nothing is waited for any more. */
    ScriptState released() {
        return new ScriptState(started, rest, keep, Optional.empty(), false, false, Optional.empty());
    }

    /** Digits so far, and which attempt this is. */
    record GatherState(Verb.Gather verb, String digits, int attempt) {
        GatherState plus(char digit) {
            return new GatherState(verb, digits + digit, attempt);
        }
    }
}
