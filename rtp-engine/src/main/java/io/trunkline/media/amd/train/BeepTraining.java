package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;

/** Teaches which tones are beeps. */
final class BeepTraining {
    private static final Boosting.Settings SETTINGS = new Boosting.Settings(50, 3, 0.2, 0.7, 0.6, 1);
    private static final int TOLERANCE_MS = 60;

    private BeepTraining() {}

    static boolean counts(Clip clip) {
        return clip.label() != AmdVerdict.FAX && clip.label() != AmdVerdict.TONE;
    }

    static boolean real(Clip clip, int onsetMs) {
        return clip.beeps().stream().anyMatch(b -> Math.abs(b.onsetMs() - onsetMs) <= TOLERANCE_MS);
    }

    static Forest train(Iterable<Lesson> lessons, long seed) {
        Table all = new Table(Sampling.BEEP_FEATURES);
        lessons.forEach(each -> all.addAll(each.tones()));
        return new Boosting(SETTINGS, seed).grow(all);
    }
}
