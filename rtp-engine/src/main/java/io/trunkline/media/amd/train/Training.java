package io.trunkline.media.amd.train;

import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From labelled clips to a model; the same clips and seed give the same bytes. */
public final class Training {
    private Training() {}

    /** Learns from every clip of both, and from a second version of each clip of {@code main}. */
    public static Model train(Corpus main, Corpus extra, long seed) {
        Corpus all = main.with(new Perturbation(seed).of(main)).with(extra);
        Forest voice = VoiceTraining.train(all, seed);
        List<Table> rows = new ArrayList<>();
        for (Corpus.Sound sound : all.sounds()) {
            rows.add(AnswerTraining.rows(sound, voice));
        }
        return new Model(voice, AnswerTraining.train(rows, seed), BeepTraining.train(all, voice, seed));
    }

    /** What a model was made of. */
    public static String describe(Corpus main, Corpus extra, long seed) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Corpus.Sound sound : main.with(extra).sounds()) {
            counts.merge(sound.clip().label().name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
        }
        return "trained on %d clips and %d more, seed %d: %s%n"
                .formatted(main.sounds().size(), extra.sounds().size(), seed, counts);
    }
}
