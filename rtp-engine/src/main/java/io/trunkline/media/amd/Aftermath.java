package io.trunkline.media.amd;

import io.trunkline.media.AmdVerdict;

/**
 * What is still listened for after the verdict: the greeting's end and the beep of a machine, and for a while the signs
 * that a person was a machine after all, or a machine a call screener.
 */
final class Aftermath {
    private static final int DOUBT_MS = 3000;
    private static final int GREETING_SILENCE_FRAMES = 150;
    private static final int LONG_SPEECH_FRAMES = 250;
    private static final double SURELY = 0.97;
    private static final double PROBABLY = 0.8;
    private static final int LISTEN_MS = 60_000;
    /** By then a greeting that was taken for a person has come to its beep. */
    private static final int PERSON_LISTEN_MS = 20_000;
    /** Some mailboxes beep twice; the message has begun by then. */
    private static final int AFTER_BEEP_MS = 5000;

    private final AmdListener listener;
    private AmdVerdict verdict = AmdVerdict.UNKNOWN;
    private long decidedMs;
    private final ScreenerRule screener = new ScreenerRule();
    private boolean greetingReported;
    private long beepMs = -1;
    private boolean over;

    Aftermath(AmdListener listener) {
        this.listener = listener;
    }

    void begin(AmdVerdict what, long ms) {
        verdict = what;
        decidedMs = ms;
        over = what != AmdVerdict.HUMAN && what != AmdVerdict.MACHINE && what != AmdVerdict.SCREENER;
    }

    boolean over() {
        return over;
    }

    /** Whether a person may still prove a machine, so that the odds are needed. */
    boolean doubts(long ms) {
        return !over && verdict == AmdVerdict.HUMAN && ms - decidedMs <= DOUBT_MS;
    }

    void update(long ms, Listening heard, BeepJudge beeps, SpeechVerdict speech) {
        if (over) {
            return;
        }
        Turns turns = heard.turns();
        if (doubts(ms)) {
            doubt(ms, turns, beeps, speech);
        }
        if (beeps.found()) {
            beep(ms, turns, beeps);
        }
        if (verdict != AmdVerdict.HUMAN
                && !greetingReported
                && turns.started()
                && turns.silence() >= GREETING_SILENCE_FRAMES) {
            greetingEnded(turns);
        }
        if (verdict == AmdVerdict.MACHINE && greetingReported && beepMs < 0) {
            String screens = screener.update(heard);
            if (screens != null) {
                overturn(AmdVerdict.SCREENER, PROBABLY, screens, ms);
            }
        }
        over = over || ms - decidedMs > listenMs() || (beepMs >= 0 && ms - beepMs > AFTER_BEEP_MS);
    }

    private int listenMs() {
        return verdict == AmdVerdict.HUMAN ? PERSON_LISTEN_MS : LISTEN_MS;
    }

    private void doubt(long ms, Turns turns, BeepJudge beeps, SpeechVerdict speech) {
        if (beeps.found()) {
            overturn(AmdVerdict.MACHINE, SURELY, "a beep at " + beeps.hertz() + " Hz followed", ms);
        } else if (turns.lastSpurt() > LONG_SPEECH_FRAMES && turns.silence() == 0 && speech.machine() > SURELY) {
            overturn(
                    AmdVerdict.MACHINE,
                    SURELY,
                    "it went on speaking for " + turns.lastSpurt() * Framer.HOP_MS + " ms",
                    ms);
        }
    }

    private void overturn(AmdVerdict what, double confidence, String reason, long ms) {
        verdict = what;
        decidedMs = ms;
        listener.onOverturned(what, confidence, reason, ms);
    }

    /** A beep was heard, with the verdict or after it. */
    void beep(long ms, Turns turns, BeepJudge beeps) {
        if (over) {
            return;
        }
        if (verdict != AmdVerdict.HUMAN && !greetingReported) {
            greetingEnded(turns);
        }
        beepMs = ms;
        listener.onBeep(beeps.onsetMs(), beeps.hertz(), beeps.lengthMs(), ms);
    }

    private void greetingEnded(Turns turns) {
        greetingReported = true;
        listener.onGreetingEnded((long) (turns.end() + 1) * Framer.HOP_MS - VoiceFeatures.DELAY_MS);
    }
}
