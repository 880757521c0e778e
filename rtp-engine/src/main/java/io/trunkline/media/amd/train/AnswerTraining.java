package io.trunkline.media.amd.train;

import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;

/** Teaches person or machine, from the moments at which a call would have to decide. */
final class AnswerTraining {
    private static final Boosting.Settings SETTINGS = new Boosting.Settings(300, 3, 0.08, 0.5, 0.4, 8);
    private static final int EVERY_MS = 100;
    private static final int LONGEST_MS = 7000;
    private static final int AFTER_TURN_MS = 2000;

    private AnswerTraining() {}

    /** Whether a call might decide at this time of a clip. */
    static boolean counts(Clip clip, int ms) {
        return ms % EVERY_MS == 0
                && ms >= clip.speechStartMs()
                && ms <= Math.min(clip.speechStartMs() + LONGEST_MS, clip.firstTurnEndMs() + AFTER_TURN_MS);
    }

    /** A long clip weighs more than a short one, but not in proportion. */
    static float weight(int moments) {
        return (float) (10 / Math.sqrt(Math.max(1, moments)));
    }

    static Forest train(Iterable<Lesson> lessons, long seed) {
        Table all = new Table(Sampling.ANSWER_FEATURES);
        lessons.forEach(each -> all.addAll(each.answers()));
        return new Boosting(SETTINGS, seed).grow(all);
    }
}
