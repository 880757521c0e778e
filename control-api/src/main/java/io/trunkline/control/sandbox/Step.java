package io.trunkline.control.sandbox;

import java.time.Duration;

/** One thing that a sandbox phone does; the next begins when it is done. */
sealed interface Step {
    /** Rings (180) for so long. */
    record Ring(Duration length) implements Step {}

    /** Sends 183 with early media and a ringback tone for so long. */
    record EarlyRing(Duration length) implements Step {}

    record RingForever() implements Step {}

    record Reject(int code, String phrase) implements Step {}

    record Answer() implements Step {}

    /** Answers, but never sends a packet. */
    record AnswerMute() implements Step {}

    /** Answers behind a line that loses and delays packets. */
    record AnswerLossy() implements Step {}

    record Speak(String text) implements Step {}

    record Tone(String name) implements Step {}

    /** Stays silent for so long. */
    record Listen(Duration length) implements Step {}

    /** Sends back what it hears. */
    record Echo() implements Step {}

    /** Waits for a digit and says which; until hung up. */
    record Menu() implements Step {}

    /** Holds the caller for so long, then resumes. */
    record HoldCaller(Duration length) implements Step {}

    record HangUp() implements Step {}
}
