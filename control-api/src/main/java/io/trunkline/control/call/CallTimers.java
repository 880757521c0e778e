package io.trunkline.control.call;

import java.time.Duration;

/** Timers on the monotonic clock; what fires is posted to the mailbox by the caller of {@link #schedule}. */
public interface CallTimers {
    Scheduled schedule(Duration after, Runnable task);

    /** A timer that has not fired yet, or has: cancelling is harmless either way. */
    interface Scheduled {
        void cancel();
    }
}
