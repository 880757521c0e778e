package io.trunkline.media.amd.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes labelled calls and their manifest into a folder. */
public final class SyntheticCorpus {
    private static final List<String> HUMANS =
            List.of("hello", "hello", "hello2", "named", "company", "company", "longish", "longish", "tv", "slow");
    private static final List<String> MACHINES = List.of(
            "personal",
            "personal",
            "personal",
            "carrier",
            "carrier",
            "short",
            "short",
            "screen",
            "music",
            "double",
            "nobeep");
    private static final List<String> OTHERS = List.of(
            "silence/room",
            "silence/comfort",
            "silence/digital",
            "tone/sit",
            "tone/busy",
            "tone/reorder",
            "tone/ringback",
            "tone/dial",
            "tone/milliwatt",
            "fax/cng",
            "fax/ced",
            "fax/ansam",
            "fax/modem");

    private final Path folder;
    private final SpeechPrograms programs;
    private final Random random;
    private final List<String> entries = new ArrayList<>();

    private SyntheticCorpus(Path folder, SpeechPrograms programs, long seed) {
        this.folder = folder;
        this.programs = programs;
        random = new Random(seed);
    }

    /** Calls of all kinds, as many as asked for: of twenty, nine are people, nine machines and two the rest. */
    public static void write(Path folder, SpeechPrograms programs, int count, long seed) throws IOException {
        Files.createDirectories(folder);
        SyntheticCorpus corpus = new SyntheticCorpus(folder, programs, seed);
        Noises noises = new Noises(new Random(seed + 1), corpus.chatter());
        for (int i = 0; i < count; i++) {
            corpus.call(i, noises);
        }
        String clips = String.join(",\n", corpus.entries);
        Files.writeString(folder.resolve("manifest.json"), "{\"version\": 1, \"clips\": [\n" + clips + "\n]}\n");
    }

    private void call(int number, Noises noises) throws IOException {
        Random dice = new Random(random.nextLong());
        String kind =
                switch (number % 20) {
                    case 0, 2, 4, 6, 8, 10, 12, 14, 16 -> "human/" + pick(dice, HUMANS);
                    case 18, 19 -> pick(dice, OTHERS);
                    default -> "machine/" + pick(dice, MACHINES);
                };
        CallMaker maker = new CallMaker(dice, programs, noises);
        Scene scene = maker.make(kind);
        String name = "%04d_%s.wav".formatted(number, kind.replace('/', '_'));
        WavWriter.write(folder.resolve(name), new Line(dice).carry(scene.samples()));
        entries.add(ManifestEntry.of(name, kind, scene, maker.speaker(), maker.text()));
    }

    /** Six people talking at once. */
    private float[] chatter() throws IOException {
        float[] mix = new float[Signal.samples(20_000)];
        for (int person = 0; person < 6; person++) {
            Speaker speaker = Speaker.any(random, programs.installed(), false);
            int at = 0;
            while (at < mix.length) {
                for (String phrase : new Phrases(random).of("personal", "en")) {
                    float[] sound = programs.say(speaker, phrase);
                    Signal.add(mix, sound, at, 0.1 / Math.max(1e-3, Signal.activeLevel(sound)));
                    at += sound.length + Signal.samples(random.nextInt(400));
                }
            }
        }
        return mix;
    }

    private static String pick(Random dice, List<String> from) {
        return from.get(dice.nextInt(from.size()));
    }
}
