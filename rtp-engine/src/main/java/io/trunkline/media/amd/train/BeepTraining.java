package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;

/** Teaches which tones are beeps. */
final class BeepTraining {
    private static final Boosting.Settings SETTINGS = new Boosting.Settings(50, 3, 0.2, 0.7, 0.6, 1);
    private static final int TOLERANCE_MS = 60;

    private BeepTraining() {}

    static Forest train(Corpus corpus, Forest voice, long seed) {
        Table table = new Table(Sampling.BEEP_FEATURES);
        for (Corpus.Sound sound : corpus.sounds()) {
            Clip clip = sound.clip();
            if (clip.label() != AmdVerdict.FAX && clip.label() != AmdVerdict.TONE) {
                Sampling.beeps(sound.samples(), voice, (features, onsetMs) -> {
                    boolean real = clip.beeps().stream().anyMatch(b -> Math.abs(b.onsetMs() - onsetMs) <= TOLERANCE_MS);
                    table.add(features.clone(), real ? 1 : 0, 1);
                });
            }
        }
        return new Boosting(SETTINGS, seed).grow(table);
    }
}
