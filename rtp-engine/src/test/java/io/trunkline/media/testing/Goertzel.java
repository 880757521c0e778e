package io.trunkline.media.testing;

/** Measures how much of one frequency is in some samples. */
public final class Goertzel {
    private static final double FULL_SCALE_SINE = 32768 / Math.sqrt(2);

    private Goertzel() {}

    /** Level of {@code hz} in dBm0-like decibels under a full-scale sine; −120 for nothing. */
    public static double levelDb(short[] samples, int offset, int length, double hz, int sampleRate) {
        double re = 0;
        double im = 0;
        double step = 2 * Math.PI * hz / sampleRate;
        for (int i = 0; i < length; i++) {
            re += samples[offset + i] * Math.cos(step * i);
            im += samples[offset + i] * Math.sin(step * i);
        }
        double rms = Math.sqrt(2) * Math.hypot(re, im) / length;
        return rms <= 0.01 ? -120 : 20 * Math.log10(rms / FULL_SCALE_SINE);
    }

    public static double levelDb(short[] samples, double hz, int sampleRate) {
        return levelDb(samples, 0, samples.length, hz, sampleRate);
    }

    /** Level of everything, in the same decibels. */
    public static double totalDb(short[] samples, int offset, int length) {
        double sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += (double) samples[i] * samples[i];
        }
        double rms = Math.sqrt(sum / Math.max(1, length));
        return rms <= 0.01 ? -120 : 20 * Math.log10(rms / FULL_SCALE_SINE);
    }

    /** The strongest frequency between two, to {@code stepHz}. */
    public static double strongestHz(short[] samples, double fromHz, double toHz, double stepHz, int sampleRate) {
        double best = fromHz;
        for (double hz = fromHz; hz <= toHz; hz += stepHz) {
            best = levelDb(samples, hz, sampleRate) > levelDb(samples, best, sampleRate) ? hz : best;
        }
        return best;
    }
}
