package io.trunkline.sip.trunk;

import io.trunkline.sip.TrunkStatus.State;

/**
 * Up, degraded or down, from OPTIONS and from real calls, with hysteresis: two failures in a row take a trunk down, two
 * good answers bring it back, so that one lost packet moves nothing. A step at a time, no clock, no I/O.
 */
final class TrunkHealth {
    private static final int STEPS = 2;

    private State state = State.UNKNOWN;
    private int good;
    private int bad;

    State state() {
        return state;
    }

    /** True when the state changed. */
    boolean onResult(boolean reachable) {
        good = reachable ? good + 1 : 0;
        bad = reachable ? 0 : bad + 1;
        State before = state;
        state = reachable ? better() : worse();
        return state != before;
    }

    private State better() {
        return switch (state) {
            case UNKNOWN -> State.UP;
            case DOWN -> good >= STEPS ? State.UP : State.DOWN;
            case DEGRADED, UP -> State.UP;
        };
    }

    private State worse() {
        return switch (state) {
            case UNKNOWN, UP -> bad >= STEPS ? State.DOWN : State.DEGRADED;
            case DEGRADED -> bad >= STEPS ? State.DOWN : State.DEGRADED;
            case DOWN -> State.DOWN;
        };
    }
}
