package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;

/**
 * When the odds are good enough to act on. The longer the silence after an utterance, the less is asked of a person's
 * odds, since a machine would have gone on; while the far side still speaks only a machine can be concluded, and asked
 * much more of, since calling a person a machine is the error that costs.
 */
final class AnswerPolicy {
    enum Call {
        OPEN,
        HUMAN,
        MACHINE
    }

    /** The caller's threshold at which the figures below were tuned. */
    private static final double TUNED_AT = AmdSpec.DEFAULT.threshold();

    private static final int FIRST_SILENCE_MS = 400;
    private static final int LAST_SILENCE_MS = 1800;
    private static final double HUMAN_AT_FIRST = 0.05;
    private static final double HUMAN_AT_LAST = 0.7;
    private static final double MACHINE_EARLY = 0.99;
    private static final double MACHINE_LATE = 0.98;
    private static final int LATE_MS = 3500;

    private final double strictness;
    private final long decideWithinMs;

    AnswerPolicy(AmdSpec spec) {
        strictness = Math.max(0.05, (1 - spec.threshold()) / (1 - TUNED_AT));
        decideWithinMs = spec.decideWithin().toMillis();
    }

    /** @param machine the probability of a machine now */
    Call decide(double machine, int silenceMs, int spanMs, int sinceStartMs) {
        if (silenceMs >= FIRST_SILENCE_MS && machine < humanBelow(silenceMs)) {
            return Call.HUMAN;
        }
        if (1 - machine < (sinceStartMs < LATE_MS ? 1 - MACHINE_EARLY : 1 - MACHINE_LATE) * strictness) {
            return Call.MACHINE;
        }
        if (silenceMs >= LAST_SILENCE_MS || sinceStartMs >= decideWithinMs) {
            return machine < HUMAN_AT_LAST ? Call.HUMAN : Call.MACHINE;
        }
        return Call.OPEN;
    }

    private double humanBelow(int silenceMs) {
        double patience = Math.min(1, (double) (silenceMs - FIRST_SILENCE_MS) / (LAST_SILENCE_MS - FIRST_SILENCE_MS));
        double first = Math.min(HUMAN_AT_LAST, HUMAN_AT_FIRST * strictness);
        return first + (HUMAN_AT_LAST - first) * patience;
    }
}
