package io.trunkline.control.billing;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Calls begun in the last second, by the monotonic clock: with a limit of n, no span of a second holds more than n. A
 * burst of n passes at once, and the (n+1)th waits for the first to be a second old. Holds at most n stamps.
 */
final class CpsLimiter {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ArrayDeque<Long> begun = new ArrayDeque<>();

    boolean hasRoom(int limit, long nowNanos) {
        forget(nowNanos);
        return begun.size() < limit;
    }

    void take(long nowNanos) {
        forget(nowNanos);
        begun.addLast(nowNanos);
    }

    /** Undoes a {@link #take} of a call that was never dialled. */
    void giveBack(long takenNanos) {
        begun.removeLastOccurrence(takenNanos);
    }

    /** How long until there is room again, if nobody else takes it. */
    Duration untilRoom(int limit, long nowNanos) {
        forget(nowNanos);
        if (begun.size() < limit || begun.isEmpty()) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(begun.getFirst() + SECOND - nowNanos);
    }

    boolean isIdle(long nowNanos) {
        forget(nowNanos);
        return begun.isEmpty();
    }

    private void forget(long nowNanos) {
        while (!begun.isEmpty() && nowNanos - begun.getFirst() >= SECOND) {
            begun.removeFirst();
        }
    }
}
