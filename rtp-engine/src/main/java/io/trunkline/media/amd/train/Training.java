package io.trunkline.media.amd.train;

import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Model;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** From labelled clips to a model; the same clips and seed give the same bytes. */
public final class Training {
    private final List<Corpus.Sound> sounds;
    private final List<Table> frames;
    private final int tested;
    private final long seed;

    /** Learns from the clips of both, and from a second version of each clip of {@code main}. */
    public Training(Corpus main, Corpus extra, long seed) {
        sounds = main.with(new Perturbation(seed).of(main)).with(extra).sounds();
        tested = 2 * main.sounds().size();
        frames = sounds.parallelStream().map(VoiceTraining::rows).toList();
        this.seed = seed;
    }

    public Model train() {
        return train(clip -> true);
    }

    /** Trains every stage on the clips of this kind alone; the others touch nothing in the model. */
    Model train(Predicate<Clip> known) {
        List<Integer> chosen = IntStream.range(0, sounds.size())
                .filter(i -> known.test(sounds.get(i).clip()))
                .boxed()
                .toList();
        Forest voice = VoiceTraining.train(chosen.stream().map(frames::get).toList(), seed);
        List<Lesson> lessons =
                chosen.stream().map(i -> Lesson.of(sounds.get(i), voice)).toList();
        // the policy weighs what calls are like, so it learns from the main clips alone
        List<Lesson> main =
                lessons.subList(0, (int) chosen.stream().filter(i -> i < tested).count());
        return new Model(
                voice,
                AnswerTraining.train(lessons, seed),
                BeepTraining.train(lessons, seed),
                new PolicyTraining(lessons, seed).train(main));
    }

    /** What a model was made of. */
    public static String describe(Corpus main, Corpus extra, long seed) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Corpus.Sound sound : main.with(extra).sounds()) {
            counts.merge(sound.clip().label().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        return "trained on %d clips and %d more, seed %d: %s%n"
                .formatted(main.sounds().size(), extra.sounds().size(), seed, counts);
    }
}
