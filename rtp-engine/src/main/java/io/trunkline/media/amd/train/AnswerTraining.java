package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;
import java.util.ArrayList;
import java.util.List;

/** Teaches person or machine, from the moments at which a call would have to decide. */
final class AnswerTraining {
    private static final Boosting.Settings SETTINGS = new Boosting.Settings(160, 4, 0.08, 0.5, 0.5, 8);
    private static final int EVERY_MS = 100;
    private static final int LONGEST_MS = 7000;
    private static final int AFTER_TURN_MS = 2000;

    private AnswerTraining() {}

    static Table rows(Corpus.Sound sound, Forest voice) {
        Table table = new Table(Sampling.ANSWER_FEATURES);
        Clip clip = sound.clip();
        if (!clip.spoken()) {
            return table;
        }
        int end = Math.min(clip.speechStartMs() + LONGEST_MS, clip.firstTurnEndMs() + AFTER_TURN_MS);
        List<float[]> moments = new ArrayList<>();
        Sampling.answer(sound.samples(), voice, EVERY_MS, (features, ms) -> {
            if (ms >= clip.speechStartMs() && ms <= end) {
                moments.add(features.clone());
            }
        });
        float label = clip.label() == AmdVerdict.MACHINE ? 1 : 0;
        float weight = (float) (10 / Math.sqrt(Math.max(1, moments.size())));
        for (float[] each : moments) {
            table.add(each, label, weight);
        }
        return table;
    }

    static Forest train(List<Table> clips, long seed) {
        Table all = new Table(Sampling.ANSWER_FEATURES);
        clips.forEach(all::addAll);
        return new Boosting(SETTINGS, seed).grow(all);
    }
}
