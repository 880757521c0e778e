package io.trunkline.media.amd.synth;

import java.util.Random;

/** What happens to a call on its way: level, G.711's steps, lost packets, suppressed silence. */
final class Line {
    private static final int PACKET = 160;
    private static final double SUPPRESSED = 0.003;

    private final Random random;

    Line(Random random) {
        this.random = random;
    }

    short[] carry(float[] call) {
        if (random.nextInt(7) == 0) {
            suppressSilence(call);
        }
        if (random.nextInt(3) == 0) {
            lose(call, 0.06 * random.nextDouble(), random.nextInt(3));
        }
        boolean aLaw = random.nextBoolean();
        short[] out = new short[call.length];
        for (int i = 0; i < out.length; i++) {
            double sample = Math.max(-1, Math.min(1, call[i]));
            out[i] = (short) Math.round(32767 * (aLaw ? aLaw(sample) : muLaw(sample)));
        }
        return out;
    }

    /** ITU-T G.711 as formulas: 256 levels of the compressed value. */
    private static double muLaw(double sample) {
        double compressed = Math.log1p(255 * Math.abs(sample)) / Math.log(256);
        double level = Math.round(compressed * 127) / 127.0;
        return Math.signum(sample) * (Math.pow(256, level) - 1) / 255;
    }

    private static double aLaw(double sample) {
        double scale = 1 + Math.log(87.6);
        double loud = Math.abs(sample);
        double compressed = loud < 1 / 87.6 ? 87.6 * loud / scale : (1 + Math.log(87.6 * loud)) / scale;
        double level = Math.round(compressed * 127) / 127.0;
        double expanded = level < 1 / scale ? level * scale / 87.6 : Math.exp(level * scale - 1) / 87.6;
        return Math.signum(sample) * expanded;
    }

    private void suppressSilence(float[] call) {
        double gate = SUPPRESSED * (1 + 3 * random.nextDouble());
        int hangover = 0;
        for (int at = 0; at + PACKET <= call.length; at += PACKET) {
            double sum = 0;
            for (int i = at; i < at + PACKET; i++) {
                sum += call[i] * call[i];
            }
            hangover = Math.sqrt(sum / PACKET) > gate ? 8 : hangover - 1;
            for (int i = at; hangover < 0 && i < at + PACKET; i++) {
                call[i] = 0;
            }
        }
    }

    /** @param concealment 0 zeros, 1 the last packet again, 2 noise */
    private void lose(float[] call, double share, int concealment) {
        for (int at = PACKET; at + PACKET <= call.length; at += PACKET) {
            if (random.nextDouble() >= share) {
                continue;
            }
            for (int i = at; i < at + PACKET; i++) {
                call[i] = concealment == 0
                        ? 0
                        : concealment == 1 ? call[i - PACKET] * 0.7f : (float) (0.002 * random.nextGaussian());
            }
        }
    }
}
