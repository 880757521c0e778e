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
 * @param joined the current verb waits until the call hears nobody but its script again
 * @param fellBack the fallback URL has been asked: it is asked once
 */
record ScriptState(
        boolean started,
        List<Verb> rest,
        boolean keep,
        Optional<String> waitingFor,
        boolean timing,
        boolean fetching,
        Optional<GatherState> gather,
        boolean joined,
        boolean fellBack) {

    static ScriptState of(NewCall.Program program) {
        return new ScriptState(
                false, program.verbs(), program.keep(), Optional.empty(), false, false, Optional.empty(), false, false);
    }

    boolean idle() {
        return started && waitingFor.isEmpty() && !timing && !fetching && gather.isEmpty() && !joined;
    }

    ScriptState begun() {
        return new ScriptState(true, rest, keep, waitingFor, timing, fetching, gather, joined, fellBack);
    }

    ScriptState rest(List<Verb> next) {
        return new ScriptState(started, next, keep, waitingFor, timing, fetching, gather, joined, fellBack);
    }

    /** What runs now ends the call when it is done. */
    ScriptState ending() {
        return new ScriptState(started, rest, false, waitingFor, timing, fetching, gather, joined, fellBack);
    }

    ScriptState waitingFor(String playId) {
        return new ScriptState(started, rest, keep, Optional.of(playId), timing, fetching, gather, joined, fellBack);
    }

    ScriptState timing(boolean on) {
        return new ScriptState(started, rest, keep, waitingFor, on, fetching, gather, joined, fellBack);
    }

    ScriptState fetching(boolean on) {
        return new ScriptState(started, rest, keep, waitingFor, timing, on, gather, joined, fellBack);
    }

    ScriptState gathering(GatherState next) {
        return new ScriptState(started, rest, keep, waitingFor, timing, fetching, Optional.of(next), joined, fellBack);
    }

    ScriptState joining() {
        return new ScriptState(started, rest, keep, waitingFor, timing, fetching, gather, true, fellBack);
    }

    ScriptState fallingBack() {
        return new ScriptState(started, rest, keep, waitingFor, timing, true, gather, joined, true);
    }

    /** Up until hung up, whatever the script's end. */
    ScriptState staying() {
        return new ScriptState(started, rest, true, waitingFor, timing, fetching, gather, joined, fellBack);
    }

    /** Nothing is waited for any more. */
    ScriptState released() {
        return new ScriptState(started, rest, keep, Optional.empty(), false, false, Optional.empty(), false, fellBack);
    }

    /** Digits so far, and which attempt this is. */
    record GatherState(Verb.Gather verb, String digits, int attempt) {
        GatherState plus(char digit) {
            return new GatherState(verb, digits + digit, attempt);
        }
    }
}
