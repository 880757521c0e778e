package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;

/**
 * Nobody spoke for so long that nobody will; some people take three seconds to bring the phone to the ear. After a
 * ring it waits for the next one, or for whoever it rings for.
 */
final class SilenceRule {
    private static final int USUAL_MS = 5000;
    private static final int AFTER_TONE_MS = 6500;
    private static final int TONE_MS = 300;

    private final long afterMs;
    private long toneMs = -AFTER_TONE_MS;

    SilenceRule(AmdSpec spec) {
        afterMs = Math.min(USUAL_MS, spec.decideWithin().toMillis());
    }

    boolean holds(long ms, Listening heard) {
        ToneTracker tones = heard.tones();
        boolean toneEnded = tones.ended() && tones.finished().lengthMs() > TONE_MS;
        if (toneEnded || tones.currentMs() > TONE_MS) {
            toneMs = ms;
        }
        return ms >= afterMs && ms - toneMs >= AFTER_TONE_MS && !heard.turns().started();
    }
}
