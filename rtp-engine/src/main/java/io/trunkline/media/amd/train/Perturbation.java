package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.synth.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * More speakers out of few: a recording played up to a seventh faster or slower, which moves pitch, formants and pace
 * together, with noise of its own. Keeps the clip's groups, so it never stands in for an unheard voice in a test.
 */
final class Perturbation {
    private static final float FULL_SCALE = 32768;

    private final Random random;

    Perturbation(long seed) {
        random = new Random(seed);
    }

    Corpus of(Corpus corpus) {
        List<Corpus.Sound> sounds = new ArrayList<>();
        for (Corpus.Sound sound : corpus.sounds()) {
            sounds.add(perturbed(sound));
        }
        return new Corpus(sounds);
    }

    private Corpus.Sound perturbed(Corpus.Sound sound) {
        Clip clip = sound.clip();
        boolean speech = clip.spoken();
        double pace = speech ? 0.87 + 0.28 * random.nextDouble() : 1;
        float[] samples = new float[sound.samples().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sound.samples()[i] / FULL_SCALE;
        }
        float[] played = Signal.resampled(samples, pace);
        Clip paced = paced(clip, pace);
        if (speech && random.nextInt(5) < 2) {
            addNoise(played, paced);
        }
        short[] out = new short[played.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.round(Math.clamp(played[i], -1f, 1f) * (FULL_SCALE - 1));
        }
        return new Corpus.Sound(paced, out);
    }

    private static Clip paced(Clip clip, double pace) {
        List<int[]> turns = new ArrayList<>();
        for (int[] turn : clip.turns()) {
            turns.add(new int[] {(int) (turn[0] / pace), (int) (turn[1] / pace)});
        }
        List<Clip.Beep> beeps = new ArrayList<>();
        for (Clip.Beep beep : clip.beeps()) {
            beeps.add(new Clip.Beep(
                    (int) (beep.onsetMs() / pace), beep.frequencyHz() * pace, (int) (beep.lengthMs() / pace)));
        }
        return new Clip(
                clip.file(),
                clip.name(),
                clip.label(),
                clip.subtype(),
                clip.voiceGroup(),
                clip.textGroup(),
                (int) (clip.lengthMs() / pace),
                turns,
                clip.greetingEndMs() < 0 ? -1 : (int) (clip.greetingEndMs() / pace),
                beeps);
    }

    /** A person's noise is there throughout, a recording's mostly while it plays. */
    private void addNoise(float[] samples, Clip clip) {
        double level = Signal.activeLevel(samples) * Signal.gain(-(8 + 24 * random.nextDouble()));
        double smoothness = random.nextDouble() * 0.9;
        boolean throughout = clip.label() == AmdVerdict.HUMAN || random.nextInt(3) == 0;
        int from = throughout ? 0 : Signal.samples(Math.max(0, clip.speechStartMs() - 60));
        int to = throughout ? samples.length : Math.min(samples.length, Signal.samples(clip.firstTurnEndMs() + 120));
        double low = 0;
        for (int i = from; i < to; i++) {
            low = smoothness * low + Math.sqrt(1 - smoothness * smoothness) * random.nextGaussian();
            samples[i] += (float) (level * low);
        }
    }
}
