package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one clip teaches once there is a detector of speech.
 *
 * @param answers moments of person or machine
 * @param tones that may be beeps
 * @param course every moment at which a call could decide, for the policy
 */
record Lesson(Clip clip, Table answers, Table tones, List<Step> course) {
    private static final int EVERY_MS = 50;
    private static final int COURSE_MS = 9000;
    private static final int AFTER_TURN_MS = 3500;
    private static final int SAMPLES_A_MS = 8;

    /** A moment and its features. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Step(float[] features, Sampling.Moment when) {}

    static Lesson of(Corpus.Sound sound, Forest voice) {
        Clip clip = sound.clip();
        List<Step> course = new ArrayList<>();
        Table tones = new Table(Sampling.BEEP_FEATURES);
        Sampling.judged(
                heard(sound),
                voice,
                EVERY_MS,
                (features, when) -> {
                    if (clip.spoken() && when.ms() <= clip.speechStartMs() + COURSE_MS) {
                        course.add(new Step(features.clone(), when));
                    }
                },
                (features, onsetMs) -> {
                    if (BeepTraining.counts(clip)) {
                        tones.add(features.clone(), BeepTraining.real(clip, onsetMs) ? 1 : 0, 1);
                    }
                });
        return new Lesson(clip, answers(clip, course), tones, course);
    }

    /** Of a person no more than the first turn and the silence in which it is decided: the rest only costs time. */
    private static short[] heard(Corpus.Sound sound) {
        Clip clip = sound.clip();
        int samples = (clip.firstTurnEndMs() + AFTER_TURN_MS) * SAMPLES_A_MS;
        return clip.spoken() && clip.label() == AmdVerdict.HUMAN && samples < sound.samples().length
                ? Arrays.copyOf(sound.samples(), samples)
                : sound.samples();
    }

    private static Table answers(Clip clip, List<Step> course) {
        List<Step> chosen = course.stream()
                .filter(step -> AnswerTraining.counts(clip, step.when().ms()))
                .toList();
        Table answers = new Table(Sampling.ANSWER_FEATURES);
        float label = clip.label() == AmdVerdict.MACHINE ? 1 : 0;
        chosen.forEach(step -> answers.add(step.features(), label, AnswerTraining.weight(chosen.size())));
        return answers;
    }
}
