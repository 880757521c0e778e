package io.trunkline.media.amd.train;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.amd.Model;
import io.trunkline.media.amd.Result;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tests every clip with a detector that has heard neither its voice nor its text in any stage: voices and texts are
 * dealt into groups, and each pair of groups is held back in its turn. Only this figure means anything.
 */
public final class CrossValidation {
    private final Corpus tested;
    private final Training training;
    private final Folds folds;

    /** @param training on the tested clips and others; those are held back by the same groups, but not tested */
    public CrossValidation(Corpus tested, Training training, int folds) {
        this.tested = tested;
        this.training = training;
        this.folds = new Folds(folds);
    }

    public List<Outcome> run(AmdSpec spec) {
        return IntStream.range(0, folds.count() * folds.count())
                .parallel()
                .mapToObj(pair -> without(pair / folds.count(), pair % folds.count(), spec))
                .flatMap(List::stream)
                .toList();
    }

    private List<Outcome> without(int voiceFold, int textFold, AmdSpec spec) {
        List<Corpus.Sound> held = tested.sounds().stream()
                .filter(s -> folds.voice(s.clip()) == voiceFold && folds.text(s.clip()) == textFold)
                .toList();
        if (held.isEmpty()) {
            return List.of();
        }
        Model model = training.train(clip -> folds.voice(clip) != voiceFold && folds.text(clip) != textFold);
        return held.stream()
                .map(s -> new Outcome(s.clip(), Result.of(s.samples(), model, spec)))
                .toList();
    }
}
