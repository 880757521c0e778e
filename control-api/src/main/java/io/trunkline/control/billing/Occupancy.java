package io.trunkline.control.billing;

import io.trunkline.control.call.Limit;

/** The calls that one trunk, account, application or line carries now, and those it began in the last second. */
final class Occupancy {
    private final CpsLimiter begun = new CpsLimiter();
    private int active;

    boolean hasChannel(Limit limit) {
        return active < limit.concurrent().orElse(Integer.MAX_VALUE);
    }

    boolean mayBegin(Limit limit, long nowNanos) {
        return begun.hasRoom(limit.cps().orElse(Integer.MAX_VALUE), nowNanos);
    }

    void enter(Limit limit, long nowNanos) {
        active++;
        if (limit.cps().isPresent()) {
            begun.take(nowNanos);
        }
    }

    void leave() {
        active--;
    }

    /** The call was never dialled. */
    void undo(long enteredNanos) {
        active--;
        begun.giveBack(enteredNanos);
    }

    int active() {
        return active;
    }

    CpsLimiter begun() {
        return begun;
    }

    boolean isIdle(long nowNanos) {
        return active == 0 && begun.isIdle(nowNanos);
    }
}
