package io.trunkline.media.amd.train;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Model;
import io.trunkline.media.amd.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests every clip with a model that has heard neither its voice nor its text: voices and texts are dealt into groups,
 * and each pair of groups is held back in its turn. Only this figure means anything.
 */
public final class CrossValidation {
    private final Corpus tested;
    private final Corpus more;
    private final int folds;
    private final long seed;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** @param extra trains as well, in the same folds, but is not tested */
    public CrossValidation(Corpus tested, Corpus extra, int folds, long seed) {
        this.tested = tested;
        more = new Perturbation(seed).of(tested).with(extra);
        this.folds = folds;
        this.seed = seed;
    }

    public List<Outcome> run(AmdSpec spec) {
        for (int voiceFold = 0; voiceFold < folds; voiceFold++) {
            withoutVoices(voiceFold, spec);
        }
        return outcomes;
    }

    private void withoutVoices(int voiceFold, AmdSpec spec) {
        Corpus known = tested.with(more).only(clip -> !clip.spoken() || fold(clip.voiceGroup()) != voiceFold);
        Forest voice = VoiceTraining.train(known, seed);
        Forest beep = BeepTraining.train(known, voice, seed);
        List<Corpus.Sound> sounds = known.sounds();
        List<Table> rows = new ArrayList<>();
        for (Corpus.Sound sound : sounds) {
            rows.add(AnswerTraining.rows(sound, voice));
        }
        for (int textFold = 0; textFold < folds; textFold++) {
            List<Table> training = new ArrayList<>();
            for (int i = 0; i < sounds.size(); i++) {
                if (fold(sounds.get(i).clip().textGroup()) != textFold) {
                    training.add(rows.get(i));
                }
            }
            test(voiceFold, textFold, new Model(voice, AnswerTraining.train(training, seed), beep), spec);
        }
    }

    private void test(int voiceFold, int textFold, Model model, AmdSpec spec) {
        for (Corpus.Sound sound : tested.sounds()) {
            Clip clip = sound.clip();
            // what nobody speaks in is dealt by its name alone
            String voice = clip.spoken() ? clip.voiceGroup() : clip.name();
            String text = clip.spoken() ? clip.textGroup() : clip.name() + " ";
            if (fold(voice) == voiceFold && fold(text) == textFold) {
                outcomes.add(new Outcome(clip, Result.of(sound.samples(), model, spec)));
            }
        }
    }

    private int fold(String group) {
        int mixed = group.hashCode() * 0x2c1b3c6d;
        mixed = (mixed ^ (mixed >>> 15)) * 0x297a2d39;
        return Math.floorMod(mixed ^ (mixed >>> 13), folds);
    }
}
