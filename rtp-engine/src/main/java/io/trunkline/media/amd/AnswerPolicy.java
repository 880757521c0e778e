package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;

/**
 * When the odds are good enough to act on. After a word or two, less and less is asked of a person's odds as the silence
 * grows, since a machine would have gone on. After a sentence, which machines and companies both say, only next to
 * certainty is acted on until three seconds have passed, which is how long most greetings take to give themselves away.
 * While the far side still speaks only a machine can be concluded, and much is asked of it, since calling a person a
 * machine is the error that costs.
 */
final class AnswerPolicy {
    enum Call {
        OPEN,
        HUMAN,
        MACHINE
    }

    /** The caller's threshold at which the figures below were tuned, by cross-validation. */
    private static final double TUNED_AT = AmdSpec.DEFAULT.threshold();

    private static final int WORD_OR_TWO_MS = 800;
    private static final int WORD_SILENCE_MS = 400;
    private static final int WORD_LAST_SILENCE_MS = 1600;
    private static final double WORD_FIRST = 0.15;
    private static final double WORD_LAST = 0.6;

    private static final int SENTENCE_SILENCE_MS = 600;
    private static final int SENTENCE_LAST_SILENCE_MS = 2200;
    private static final int SENTENCE_FROM_MS = 3000;
    private static final int SENTENCE_UNTIL_MS = 3300;
    private static final double SENTENCE_FIRST = 0.02;
    private static final double SENTENCE_LAST = 0.7;

    private static final int EARLY_MS = 2500;
    private static final double MACHINE_EARLY = 0.995;
    private static final double MACHINE_LATE = 0.9;

    private final double strictness;
    private final long decideWithinMs;

    AnswerPolicy(AmdSpec spec) {
        strictness = Math.max(0.05, (1 - spec.threshold()) / (1 - TUNED_AT));
        decideWithinMs = spec.decideWithin().toMillis();
    }

    /**
     * @param machine the probability of a machine now
     * @param spanMs from the first speech to the last
     * @param sinceStartMs from the first speech to now
     */
    Call decide(double machine, int silenceMs, int spanMs, int sinceStartMs) {
        boolean word = spanMs < WORD_OR_TWO_MS;
        if (machine < (word ? afterWord(silenceMs) : afterSentence(silenceMs, sinceStartMs))) {
            return Call.HUMAN;
        }
        if (1 - machine < (1 - (sinceStartMs < EARLY_MS ? MACHINE_EARLY : MACHINE_LATE)) * strictness) {
            return Call.MACHINE;
        }
        if (silenceMs >= (word ? WORD_LAST_SILENCE_MS : SENTENCE_LAST_SILENCE_MS) || sinceStartMs >= decideWithinMs) {
            return machine < SENTENCE_LAST ? Call.HUMAN : Call.MACHINE;
        }
        return Call.OPEN;
    }

    private double afterWord(int silenceMs) {
        return silenceMs < WORD_SILENCE_MS
                ? 0
                : falling(WORD_FIRST, WORD_LAST, silenceMs, WORD_SILENCE_MS, WORD_LAST_SILENCE_MS);
    }

    private double afterSentence(int silenceMs, int sinceStartMs) {
        return silenceMs < SENTENCE_SILENCE_MS
                ? 0
                : falling(SENTENCE_FIRST, SENTENCE_LAST, sinceStartMs, SENTENCE_FROM_MS, SENTENCE_UNTIL_MS);
    }

    /** A caller who wants more certainty gets it at first; in the end something must be said. */
    private double falling(double first, double last, int now, int from, int until) {
        double start = Math.min(last, first * strictness);
        return start + (last - start) * Math.clamp((double) (now - from) / (until - from), 0, 1);
    }
}
