package io.trunkline.sip.dialog;

import java.time.Duration;

/** Runs a task later. Monotonic: a change of the wall clock moves nothing. */
public interface Timers {
    Timer after(Duration delay, Runnable task);

    /** One that is set. Cancelling one that has run does nothing. */
    interface Timer {
        void cancel();
    }
}
