package io.trunkline.media.codec;

import java.util.Arrays;

/** RFC 3389: noise of the level and colour that the peer describes while it sends nothing else. */
public final class ComfortNoise {
    private static final int MOST_COEFFICIENTS = 12;

    private final float[] reflection = new float[MOST_COEFFICIENTS];
    private final float[] delayed = new float[MOST_COEFFICIENTS + 1];
    private int order;
    private float gain;
    private int seed = 0x2545F491;

    /** Takes a payload in; an empty one ends the noise. */
    public void update(byte[] payload, int offset, int length) {
        order = Math.clamp(length - 1, 0, MOST_COEFFICIENTS);
        if (length < 1) {
            gain = 0;
            return;
        }
        double excitation = 1;
        for (int i = 0; i < order; i++) {
            // section 3.2: (N − 127) / 128; a lattice is stable below one
            reflection[i] = Math.clamp(((payload[offset + 1 + i] & 0xFF) - 127) / 128f, -0.98f, 0.98f);
            excitation *= 1 - reflection[i] * reflection[i];
        }
        // section 3.1: decibels below the level of a full-scale constant; a uniform variable has an RMS of 1/√3
        double rms = Short.MAX_VALUE * Math.pow(10, -(payload[offset] & 0x7F) / 20.0);
        gain = (float) (rms * Math.sqrt(3 * excitation));
    }

    public void silence() {
        gain = 0;
        Arrays.fill(delayed, 0);
    }

    public void generate(int samples, short[] out) {
        for (int i = 0; i < samples; i++) {
            out[i] = (short) Math.clamp(Math.round(filter(gain * uniform())), Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** The all-pole lattice of the reflection coefficients. */
    private float filter(float input) {
        float forward = input;
        for (int i = order - 1; i >= 0; i--) {
            forward -= reflection[i] * delayed[i];
            delayed[i + 1] = delayed[i] + reflection[i] * forward;
        }
        delayed[0] = forward;
        return forward;
    }

    /** −1 to 1, by xorshift: heard, not trusted. */
    private float uniform() {
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        return seed / (float) (1L << 31);
    }
}
