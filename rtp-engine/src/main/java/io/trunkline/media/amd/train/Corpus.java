package io.trunkline.media.amd.train;

import io.trunkline.media.amd.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Labelled clips with their samples in memory. */
public final class Corpus {
    /** A clip and what it sounds like. */
    public static final class Sound {
        private final Clip clip;
        private final short[] samples;

        Sound(Clip clip, short[] samples) {
            this.clip = clip;
            this.samples = samples;
        }

        public Clip clip() {
            return clip;
        }

        public short[] samples() {
            return samples;
        }
    }

    private final List<Sound> sounds;

    Corpus(List<Sound> sounds) {
        this.sounds = sounds;
    }

    public static Corpus none() {
        return new Corpus(List.of());
    }

    public static Corpus load(Path folder) throws IOException {
        List<Sound> sounds = new ArrayList<>();
        for (Clip clip : Manifest.read(folder)) {
            sounds.add(new Sound(clip, WavFile.read(clip.file())));
        }
        return new Corpus(sounds);
    }

    public List<Sound> sounds() {
        return sounds;
    }

    Corpus only(Predicate<Clip> wanted) {
        return new Corpus(sounds.stream().filter(s -> wanted.test(s.clip())).toList());
    }

    public Corpus with(Corpus other) {
        List<Sound> all = new ArrayList<>(sounds);
        all.addAll(other.sounds);
        return new Corpus(all);
    }
}
