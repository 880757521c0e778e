package io.trunkline.media.amd.train;

import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Model;
import java.util.ArrayList;
import java.util.List;

/** From labelled clips to a model; the same clips and seed give the same bytes. */
public final class Training {
    private Training() {}

    public static Model train(Corpus corpus, long seed) {
        Forest voice = VoiceTraining.train(corpus, seed);
        List<Table> rows = new ArrayList<>();
        for (Corpus.Sound sound : corpus.sounds()) {
            rows.add(AnswerTraining.rows(sound, voice));
        }
        return new Model(voice, AnswerTraining.train(rows, seed));
    }
}
