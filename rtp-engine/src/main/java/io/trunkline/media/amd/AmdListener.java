package io.trunkline.media.amd;

import io.trunkline.media.AmdVerdict;

/**
 * What a {@link Detector} reports, on the thread that feeds it. All milliseconds count from the first sample fed, which
 * must be the first of the answered call.
 */
public interface AmdListener {
    /** The running estimate, every 200 ms while undecided, if asked for. {@code estimate} is reused after the call. */
    default void onHypothesis(Hypothesis estimate, long ms) {}

    /** The verdict that the call may act on; once a call. */
    void onVerdict(AmdVerdict verdict, double confidence, String reason, long ms);

    /** A human verdict turned out wrong within its window: a beep or a greeting's length gave the machine away. */
    default void onOverturned(AmdVerdict verdict, double confidence, String reason, long ms) {}

    /** After a machine verdict: it stopped speaking at {@code ms}; reported some time later. */
    default void onGreetingEnded(long ms) {}

    /** A voicemail beep, reported at {@code ms}, when it is over and the message may start. */
    default void onBeep(long onsetMs, int frequencyHz, int lengthMs, long ms) {}
}
