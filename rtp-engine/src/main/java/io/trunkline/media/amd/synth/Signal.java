package io.trunkline.media.amd.synth;

import java.util.Arrays;

/** Arithmetic on samples at 8 kHz, full scale 1. */
public final class Signal {
    static final int RATE = 8000;
    private static final int TAPS = 16;
    private static final int BLOCK = 80;
    private static final int KERNEL_STEPS = 512;
    private static final float[] KERNEL = kernel();

    private Signal() {}

    public static int samples(int ms) {
        return ms * RATE / 1000;
    }

    static int milliseconds(int samples) {
        return (int) (samples * 1000L / RATE);
    }

    /** Reads {@code step} input samples an output sample, band-limited by a windowed sinc. */
    public static float[] resampled(float[] in, double step) {
        float[] out = new float[(int) (in.length / step)];
        double cutoff = Math.min(1, 0.95 / step);
        int reach = (int) Math.ceil(TAPS / cutoff);
        for (int i = 0; i < out.length; i++) {
            double centre = i * step;
            int first = Math.max(0, (int) Math.ceil(centre - reach));
            int last = Math.min(in.length - 1, (int) Math.floor(centre + reach));
            double sum = 0;
            for (int j = first; j <= last; j++) {
                sum += in[j] * KERNEL[(int) (Math.abs(j - centre) * cutoff * KERNEL_STEPS + 0.5)];
            }
            out[i] = (float) (sum * cutoff);
        }
        return out;
    }

    /** A sinc under a raised cosine, by the distance from its centre. */
    private static float[] kernel() {
        float[] kernel = new float[(TAPS + 2) * KERNEL_STEPS];
        kernel[0] = 1;
        for (int i = 1; i < TAPS * KERNEL_STEPS; i++) {
            double angle = Math.PI * i / KERNEL_STEPS;
            kernel[i] = (float) (Math.sin(angle) / angle * (0.5 + 0.5 * Math.cos(angle / TAPS)));
        }
        return kernel;
    }

    static double rms(float[] x) {
        double sum = 0;
        for (float v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum / Math.max(1, x.length));
    }

    /** The root mean square of the loud part: blocks within 20 dB of the loudest. */
    public static double activeLevel(float[] x) {
        double[] powers = blockPowers(x);
        double top = Arrays.stream(powers).max().orElse(0);
        double mean = Arrays.stream(powers).filter(p -> p > top / 100).average().orElse(0);
        return Math.sqrt(mean);
    }

    /** Without the silence at both ends. */
    static float[] trimmed(float[] x) {
        double[] powers = blockPowers(x);
        double top = Arrays.stream(powers).max().orElse(0);
        int first = 0;
        int last = powers.length - 1;
        while (first < last && powers[first] < top / 3000) {
            first++;
        }
        while (last > first && powers[last] < top / 3000) {
            last--;
        }
        return Arrays.copyOfRange(x, first * BLOCK, Math.min(x.length, (last + 1) * BLOCK));
    }

    private static double[] blockPowers(float[] x) {
        double[] powers = new double[x.length / BLOCK];
        for (int block = 0; block < powers.length; block++) {
            for (int i = 0; i < BLOCK; i++) {
                powers[block] += x[block * BLOCK + i] * x[block * BLOCK + i];
            }
            powers[block] /= BLOCK;
        }
        return powers;
    }

    static float[] scaled(float[] x, double gain) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (float) (x[i] * gain);
        }
        return out;
    }

    static void add(float[] to, float[] what, int at, double gain) {
        int end = Math.min(what.length, to.length - at);
        for (int i = Math.max(0, -at); i < end; i++) {
            to[at + i] += (float) (what[i] * gain);
        }
    }

    public static double gain(double decibels) {
        return Math.pow(10, decibels / 20);
    }
}
