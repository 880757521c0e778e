package io.trunkline.media.amd.synth;

import java.util.Random;

/** Music that nobody composed: chords, a melody over them, sometimes a beat. */
final class HoldMusic {
    private static final int[] SCALE = {0, 2, 4, 5, 7, 9, 11, 12, 14, 16};
    private static final int[][] CHORDS = {{0, 4, 7}, {5, 9, 12}, {7, 11, 14}, {9, 12, 16}, {2, 5, 9}};

    private final Random random;
    private final double base;
    private final double brightness;
    private final double sustain;

    HoldMusic(Random random) {
        this.random = random;
        base = 130 * Math.pow(2, random.nextDouble());
        brightness = 0.2 + 0.6 * random.nextDouble();
        sustain = 0.15 + random.nextDouble();
    }

    float[] play(int length) {
        float[] out = new float[length];
        int beat = Signal.samples(250 + random.nextInt(450));
        boolean drums = random.nextInt(3) == 0;
        double chordLevel = random.nextDouble();
        double melodyLevel = 0.3 + 0.7 * random.nextDouble();
        int[] chord = CHORDS[0];
        for (int at = 0, count = 0; at < length; at += beat, count++) {
            if (count % 4 == 0) {
                chord = CHORDS[random.nextInt(CHORDS.length)];
                for (int semitone : chord) {
                    note(out, at, 4 * beat, base * Math.pow(2, semitone / 12.0), 0.15 * chordLevel);
                }
            }
            if (random.nextInt(4) > 0) {
                int semitone = 12 + SCALE[random.nextInt(SCALE.length)];
                note(out, at, beat * (1 + random.nextInt(2)), base * Math.pow(2, semitone / 12.0), 0.3 * melodyLevel);
            }
            if (drums) {
                drum(out, at, count % 2 == 0);
            }
        }
        return out;
    }

    private void note(float[] out, int at, int length, double hertz, double level) {
        int end = Math.min(out.length, at + length);
        double decay = 1 / (sustain * Signal.RATE);
        double vibrato = random.nextInt(2) * 0.003;
        for (int i = at; i < end; i++) {
            int age = i - at;
            double envelope = Math.min(1, age / 80.0) * Math.exp(-age * decay);
            double phase = 2 * Math.PI * hertz * age / Signal.RATE + vibrato * 20 * Math.sin(age * 0.004);
            double partials = 0;
            double strength = 1;
            for (int partial = 1; partial <= 5 && hertz * partial < 3400; partial++) {
                partials += strength * Math.sin(phase * partial);
                strength *= brightness;
            }
            out[i] += (float) (level * envelope * partials);
        }
    }

    private void drum(float[] out, int at, boolean low) {
        int end = Math.min(out.length, at + Signal.samples(60));
        for (int i = at; i < end; i++) {
            double age = (double) (i - at) / Signal.RATE;
            double sound = low ? Math.sin(2 * Math.PI * 90 * age) : random.nextGaussian() * 0.5;
            out[i] += (float) (0.3 * sound * Math.exp(-age * 50));
        }
    }
}
