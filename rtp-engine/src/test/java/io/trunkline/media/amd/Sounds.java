package io.trunkline.media.amd;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Sounds for tests, at 8 kHz. */
final class Sounds {
    private Sounds() {}

    static short[] silence(int ms) {
        return new short[ms * 8];
    }

    static short[] tone(int ms, double... hertz) {
        short[] out = new short[ms * 8];
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (double each : hertz) {
                sum += Math.sin(2 * Math.PI * each * i / 8000);
            }
            out[i] = (short) (6000 * sum / hertz.length);
        }
        return out;
    }

    static short[] noise(int ms, int loudness, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        short[] out = new short[ms * 8];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) random.nextInt(-loudness, loudness + 1);
        }
        return out;
    }

    static short[] joined(short[]... parts) {
        short[] out = new short[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    static short[] repeated(int times, short[]... parts) {
        short[] once = joined(parts);
        short[] out = new short[times * once.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(once, 0, out, i * once.length, once.length);
        }
        return out;
    }
}
