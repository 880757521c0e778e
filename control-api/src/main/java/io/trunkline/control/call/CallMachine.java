package io.trunkline.control.call;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what happens next on a call: {@code (state, input) → (state, events, actions)}, pure. One handler for each
 * phase; what a phase does not care for, it ignores there and says so.
 */
final class CallMachine {
    private CallMachine() {}

    /** What an input led to; events are to be stored before anyone outside is told, actions done in order. */
    record Step(CallState state, List<CallEvent> events, List<CallAction> actions) {}

    /** The two clocks, read once for an input: wall for stamps, monotonic for durations. */
    record Now(Instant wall, long nanos) {}

    static Step step(CallState state, CallInput input, Now now) {
        Turn turn = new Turn(state, now);
        if (input instanceof CallInput.Annotate(var tag, var metadata)) {
            turn.annotate(tag, metadata);
            return turn.step();
        }
        CallInput next = input;
        if (input instanceof CallInput.Browser(BrowserEvent event)) {
            if (!BrowserTalk.on(turn, event)) {
                return turn.step();
            }
            next = new CallInput.Hangup(CallInput.HangupBy.BROWSER);
        }
        onPhase(state.phase(), turn, next);
        return turn.step();
    }

    private static void onPhase(CallState.Phase phase, Turn turn, CallInput input) {
        switch (phase) {
            case CREATED -> CallingPhase.onCreated(turn, input);
            case CALLING -> CallingPhase.onCalling(turn, input);
            case OFFERED -> OfferedPhase.on(turn, input);
            case TALKING -> TalkingPhase.on(turn, input);
            case ENDING, ENDED -> EndingPhase.on(turn, input);
        }
    }

    /** A call out, as it stands when {@code call.created} has been written. */
    static CallState outbound(NewCall plan, CallSnapshot call, List<String> trunks, Tariff tariff) {
        return fresh(CallState.Phase.CREATED, plan, call, trunks, tariff);
    }

    /** A call in, likewise. */
    static CallState inbound(NewCall plan, CallSnapshot call, Tariff tariff) {
        return fresh(CallState.Phase.OFFERED, plan, call, List.of(), tariff);
    }

    private static CallState fresh(
            CallState.Phase phase, NewCall plan, CallSnapshot call, List<String> trunks, Tariff tariff) {
        return new CallState(
                phase,
                plan,
                call,
                1,
                trunks,
                tariff,
                ScriptState.of(plan.program()),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                0);
    }
}
