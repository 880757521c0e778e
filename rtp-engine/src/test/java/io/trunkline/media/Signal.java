package io.trunkline.media;

import java.util.Arrays;

/** Test signals, and the measures by which tests judge audio: level and frequency, never bytes. */
public final class Signal {
    private Signal() {}

    /** A sine of {@code amplitude} (32767 is full scale). */
    public static short[] sine(double frequency, int sampleRate, int samples, double amplitude) {
        short[] out = new short[samples];
        for (int i = 0; i < samples; i++) {
            out[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * frequency * i / sampleRate));
        }
        return out;
    }

    public static short[] sum(short[] a, short[] b) {
        short[] out = new short[Math.min(a.length, b.length)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.clamp(a[i] + b[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return out;
    }

    public static short[] part(short[] samples, int from, int length) {
        return Arrays.copyOfRange(samples, from, from + length);
    }

    public static double rms(short[] samples, int from, int length) {
        double energy = 0;
        for (int i = from; i < from + length; i++) {
            energy += (double) samples[i] * samples[i];
        }
        return Math.sqrt(energy / length);
    }

    public static double rms(short[] samples) {
        return rms(samples, 0, samples.length);
    }

    /** Level against a full-scale sine, dBFS; −120 for digital silence. */
    public static double level(short[] samples) {
        return Math.max(-120, 20 * Math.log10(rms(samples) * Math.sqrt(2) / 32767 + 1e-12));
    }

    /** The amplitude of one frequency (a Hann window keeps its neighbours out). */
    public static double amplitude(short[] samples, int sampleRate, double frequency) {
        double re = 0;
        double im = 0;
        double weight = 0;
        for (int i = 0; i < samples.length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / samples.length);
            double phase = 2 * Math.PI * frequency * i / sampleRate;
            re += window * samples[i] * Math.cos(phase);
            im += window * samples[i] * Math.sin(phase);
            weight += window;
        }
        return 2 * Math.hypot(re, im) / weight;
    }

    /** What is left of the energy when the best fitting sine of {@code frequency} is taken out, in dB below it. */
    public static double toneToNoise(short[] samples, int sampleRate, double frequency) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * frequency * i / sampleRate;
            re += samples[i] * Math.cos(phase);
            im += samples[i] * Math.sin(phase);
        }
        re *= 2.0 / samples.length;
        im *= 2.0 / samples.length;
        double noise = 1e-9;
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * frequency * i / sampleRate;
            double rest = samples[i] - re * Math.cos(phase) - im * Math.sin(phase);
            noise += rest * rest;
        }
        return 10 * Math.log10(samples.length * (re * re + im * im) / 2 / noise);
    }

    /** The largest step between neighbouring samples: a click is a large one. */
    public static int largestStep(short[] samples) {
        int largest = 0;
        for (int i = 1; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest;
    }
}
