package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;

/**
 * When the odds are good enough to act on. After a word or two, less and less is asked of a person's odds as the silence
 * grows, since a machine would have gone on. After a sentence, which machines and companies both say, it waits for the
 * time by which most greetings have gone on, and longer if it sounded like a machine ({@link Suspicion}). While the far side still speaks only a machine can be concluded, and much
 * is asked of it until it has spoken for longer than people do, since calling a person a machine is the error that
 * costs. The figures come with the model.
 */
public final class AnswerPolicy {
    /** What the odds allow to say now. */
    public enum Call {
        OPEN,
        HUMAN,
        MACHINE
    }

    /** The caller's threshold for which the figures were trained. */
    private static final double TRAINED_AT = AmdSpec.DEFAULT.threshold();

    private final PolicyFigures figures;
    private final double strictness;
    private final long decideWithinMs;

    public AnswerPolicy(PolicyFigures figures, AmdSpec spec) {
        this.figures = figures;
        strictness = Math.max(0.05, (1 - spec.threshold()) / (1 - TRAINED_AT));
        decideWithinMs = spec.decideWithin().toMillis();
    }

    /**
     * @param machine the probability of a machine now
     * @param suspicion the highest it was while speech went on
     * @param spanMs from the first speech to the last
     * @param sinceStartMs from the first speech to now
     */
    public Call decide(double machine, double suspicion, int silenceMs, int spanMs, int sinceStartMs) {
        if (machine < personBelow(suspicion, silenceMs, spanMs, sinceStartMs)) {
            return Call.HUMAN;
        }
        if (machine > machineAbove(spanMs, sinceStartMs)) {
            return Call.MACHINE;
        }
        double last = at(
                spanMs < at(PolicyFigure.WORD_MS) ? PolicyFigure.WORD_LAST_SILENCE_MS : PolicyFigure.LAST_SILENCE_MS);
        if (silenceMs >= last || sinceStartMs >= decideWithinMs) {
            return machine < at(atLast(spanMs)) ? Call.HUMAN : Call.MACHINE;
        }
        return Call.OPEN;
    }

    private PolicyFigure atLast(int spanMs) {
        return spanMs < at(PolicyFigure.SPEECH_MS) ? PolicyFigure.AT_LAST : PolicyFigure.SPEECH_AT_LAST;
    }

    private double personBelow(double suspicion, int silenceMs, int spanMs, int sinceStartMs) {
        if (spanMs < at(PolicyFigure.WORD_MS)) {
            return afterSilence(
                    silenceMs,
                    PolicyFigure.WORD_SILENCE_MS,
                    PolicyFigure.WORD_LAST_SILENCE_MS,
                    PolicyFigure.WORD_FIRST,
                    PolicyFigure.WORD_LAST);
        }
        if (spanMs >= at(PolicyFigure.SPEECH_MS)) {
            return afterSpeech(silenceMs, PolicyFigure.SPEECH_SILENCE_MS);
        }
        if (suspicion > at(PolicyFigure.SUSPICIOUS_ABOVE)) {
            return afterSpeech(silenceMs, PolicyFigure.SUSPICIOUS_SILENCE_MS);
        }
        return silenceMs < at(PolicyFigure.SENTENCE_SILENCE_MS)
                ? 0
                : between(
                        PolicyFigure.SENTENCE_FIRST,
                        PolicyFigure.SENTENCE_LAST,
                        share(sinceStartMs, PolicyFigure.SENTENCE_FROM_MS, PolicyFigure.SENTENCE_UNTIL_MS));
    }

    private double afterSpeech(int silenceMs, PolicyFigure from) {
        return afterSilence(
                silenceMs,
                from,
                PolicyFigure.SPEECH_LAST_SILENCE_MS,
                PolicyFigure.SPEECH_FIRST,
                PolicyFigure.SPEECH_LAST);
    }

    private double afterSilence(
            int silenceMs, PolicyFigure from, PolicyFigure until, PolicyFigure first, PolicyFigure last) {
        return silenceMs < at(from) ? 0 : between(first, last, share(silenceMs, from, until));
    }

    private double machineAbove(int spanMs, int sinceStartMs) {
        PolicyFigure figure = spanMs >= at(PolicyFigure.MONOLOGUE_MS)
                ? PolicyFigure.MACHINE_MONOLOGUE
                : sinceStartMs < at(PolicyFigure.EARLY_MS) ? PolicyFigure.MACHINE_EARLY : PolicyFigure.MACHINE_LATE;
        double asked = at(figure);
        return Math.max(Math.min(asked, 0.5), 1 - (1 - asked) * strictness);
    }

    /** A caller who wants more certainty gets it at first; in the end something must be said. */
    private double between(PolicyFigure first, PolicyFigure last, double share) {
        double start = Math.min(at(last), at(first) * strictness);
        return start + (at(last) - start) * share;
    }

    private double share(int now, PolicyFigure from, PolicyFigure until) {
        double length = Math.max(1, at(until) - at(from));
        return Math.clamp((now - at(from)) / length, 0.0, 1.0);
    }

    private double at(PolicyFigure figure) {
        return figures.at(figure);
    }
}
