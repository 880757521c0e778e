package io.trunkline.media.amd.synth;

import java.util.Random;

/** What lines and rooms sound like when nobody speaks to us, each at a root mean square of 1. */
final class Noises {
    static final java.util.List<String> KINDS = java.util.List.of("pink", "comfort", "hum", "street", "babble");

    private final Random random;
    private final float[] chatter;

    /** @param chatter speech of several people at once, for babble and televisions */
    Noises(Random random, float[] chatter) {
        this.random = random;
        this.chatter = chatter;
    }

    float[] of(String kind, int length) {
        float[] noise =
                switch (kind) {
                    case "comfort" -> filtered(length, 0.3, 0);
                    case "hum" -> hum(length);
                    case "street" -> street(length);
                    case "babble" -> excerpt(length);
                    default -> filtered(length, 0.9, 0);
                };
        return Signal.scaled(noise, 1 / Math.max(1e-9, Signal.rms(noise)));
    }

    /** A television: talk and music somewhere in the room. */
    float[] television(int length) {
        float[] noise = excerpt(length);
        float[] music = new HoldMusic(random).play(length);
        Signal.add(noise, music, 0, 0.7 * Signal.rms(noise) / Math.max(1e-9, Signal.rms(music)) * random.nextDouble());
        return Signal.scaled(noise, 1 / Math.max(1e-9, Signal.rms(noise)));
    }

    private float[] excerpt(int length) {
        float[] out = new float[length];
        int from = random.nextInt(chatter.length);
        for (int i = 0; i < length; i++) {
            out[i] = chatter[(from + i) % chatter.length];
        }
        return out;
    }

    private float[] filtered(int length, double pole, double high) {
        float[] out = new float[length];
        double low = 0;
        double previous = 0;
        for (int i = 0; i < length; i++) {
            double white = random.nextGaussian();
            low += (1 - pole) * (white - low);
            out[i] = (float) (low + 0.05 * white - high * previous);
            previous = low;
        }
        return out;
    }

    private float[] hum(int length) {
        double mains = random.nextBoolean() ? 50 : 60;
        float[] out = filtered(length, 0.5, 0);
        for (int harmonic = 1; harmonic <= 7; harmonic += harmonic == 1 ? 1 : 2) {
            double amplitude = 2 * random.nextDouble() / harmonic;
            double phase = random.nextDouble() * 6;
            for (int i = 0; i < length; i++) {
                out[i] += (float) (amplitude * Math.sin(2 * Math.PI * mains * harmonic * i / Signal.RATE + phase));
            }
        }
        return out;
    }

    private float[] street(int length) {
        float[] out = filtered(length, 0.95, 0);
        double phase = random.nextDouble() * 6;
        double cyclesASecond = 0.1 + 0.4 * random.nextDouble();
        for (int i = 0; i < length; i++) {
            out[i] *= (float) (1 + 0.7 * Math.sin(2 * Math.PI * cyclesASecond * i / Signal.RATE + phase));
        }
        return out;
    }
}
