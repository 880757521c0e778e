package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;
import java.util.ArrayList;
import java.util.List;

/** What one clip teaches once there is a detector of speech: moments of person or machine, and tones that may be beeps. */
record Lesson(Table answers, Table tones) {
    static Lesson of(Corpus.Sound sound, Forest voice) {
        Clip clip = sound.clip();
        List<float[]> moments = new ArrayList<>();
        Table tones = new Table(Sampling.BEEP_FEATURES);
        Sampling.judged(
                sound.samples(),
                voice,
                AnswerTraining.EVERY_MS,
                (features, ms) -> {
                    if (AnswerTraining.counts(clip, ms)) {
                        moments.add(features.clone());
                    }
                },
                (features, onsetMs) -> {
                    if (BeepTraining.counts(clip)) {
                        tones.add(features.clone(), BeepTraining.real(clip, onsetMs) ? 1 : 0, 1);
                    }
                });
        Table answers = new Table(Sampling.ANSWER_FEATURES);
        float label = clip.label() == AmdVerdict.MACHINE ? 1 : 0;
        moments.forEach(each -> answers.add(each, label, AnswerTraining.weight(moments.size())));
        return new Lesson(answers, tones);
    }
}
