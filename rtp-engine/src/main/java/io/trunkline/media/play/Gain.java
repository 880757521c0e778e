package io.trunkline.media.play;

/** Louder or quieter, in 1/4096. */
final class Gain {
    static final int UNITY = 4096;

    private Gain() {}

    static int fixedPoint(double decibels) {
        return (int) Math.round(UNITY * Math.pow(10, Math.clamp(decibels, -96, 24) / 20));
    }

    static void apply(short[] samples, int count, int gain) {
        if (gain == UNITY) {
            return;
        }
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.clamp((long) samples[i] * gain / UNITY, Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }
}
