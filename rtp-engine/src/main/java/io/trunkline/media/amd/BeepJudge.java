package io.trunkline.media.amd;

import io.trunkline.media.dtmf.Digits;

/** Tells a voicemail's beep from vowels, music, digits and call progress tones, a while after the tone ended. */
final class BeepJudge {
    private static final int DECIDE_AFTER_MS = 150;
    private static final int LEAST_MS = 75;
    private static final int MOST_MS = 3000;
    private static final float LOW_HZ = 300;
    private static final float HIGH_HZ = 2350;
    /** So long a tone between these is a ring: its two tones, 40 or 50 Hz apart, are heard as the one between them. */
    private static final int RING_MS = 1200;

    private static final float RING_LOW_HZ = 410;
    private static final float RING_HIGH_HZ = 470;
    private static final int LEAST_SPEECH_FRAMES = 12;
    private static final float SURELY = 0.5f;

    private final Forest model;
    private final BeepFeatures features = new BeepFeatures();
    private boolean waiting;
    private boolean settled;
    private float probability;
    private long endedAtMs;
    private long onsetMs;
    private int hertz;
    private int lengthMs;

    BeepJudge(Forest model) {
        this.model = model;
    }

    void update(long ms, Listening heard, LineSignals signals) {
        settled = false;
        ToneTracker tones = heard.tones();
        if (tones.ended() && candidate(tones.finished(), heard.turns()) && !signals.repeatsFirst(tones.finished())) {
            remember(tones.finished(), heard);
        }
        if (!waiting) {
            return;
        }
        features.after(heard);
        if (ms - endedAtMs >= DECIDE_AFTER_MS) {
            waiting = false;
            settled = true;
            features.finish(heard);
            probability = model.probability(features.values());
        }
    }

    private static boolean candidate(ToneRun run, Turns turns) {
        return run.lengthMs() >= LEAST_MS
                && run.lengthMs() <= MOST_MS
                && LineSignals.between(run.hertz(), LOW_HZ, HIGH_HZ)
                && !ring(run)
                && !Digits.areDigit(run.lowHertz(), run.highHertz())
                && turns.speech() >= LEAST_SPEECH_FRAMES;
    }

    private static boolean ring(ToneRun run) {
        return run.lengthMs() >= RING_MS && LineSignals.between(run.lowHertz(), RING_LOW_HZ, RING_HIGH_HZ);
    }

    private void remember(ToneRun run, Listening heard) {
        waiting = true;
        features.begin(run, heard);
        endedAtMs = run.endMs();
        onsetMs = run.onsetMs();
        hertz = Math.round(run.hertz());
        lengthMs = run.lengthMs();
    }

    /** Whether this frame settled what the last tone was. */
    boolean settled() {
        return settled;
    }

    /** Whether this frame settled that the last tone was a beep. */
    boolean found() {
        return settled && probability > SURELY;
    }

    /** Whether a tone has ended that may yet prove a beep. */
    boolean pending() {
        return waiting;
    }

    float[] features() {
        return features.values();
    }

    float probability() {
        return probability;
    }

    long onsetMs() {
        return onsetMs;
    }

    int hertz() {
        return hertz;
    }

    int lengthMs() {
        return lengthMs;
    }
}
