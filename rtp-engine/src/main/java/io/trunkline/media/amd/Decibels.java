package io.trunkline.media.amd;

/** Decibels by a table of logarithms and three terms of their series: as right as a float can say, and ten times as fast. */
final class Decibels {
    private static final int TABLE_BITS = 7;
    private static final int MANTISSA_BITS = 23;
    private static final int ONE = 0x3f800000;
    private static final float PER_OCTAVE = (float) (10 * Math.log10(2));
    private static final float PER_NEPER = (float) (10 / Math.log(10));
    private static final float[] INVERSE = new float[1 << TABLE_BITS];
    private static final float[] LOGARITHM = new float[1 << TABLE_BITS];

    static {
        for (int i = 0; i < INVERSE.length; i++) {
            double middle = 1 + (i + 0.5) / INVERSE.length;
            INVERSE[i] = (float) (1 / middle);
            // of what the rounded inverse stands for
            LOGARITHM[i] = (float) (-10 * Math.log10(INVERSE[i]));
        }
    }

    private Decibels() {}

    /** Of a ratio of powers that is a normal float above 0. */
    static float of(float ratio) {
        int bits = Float.floatToRawIntBits(ratio);
        int octave = (bits >> MANTISSA_BITS) - (ONE >> MANTISSA_BITS);
        int place = (bits >> (MANTISSA_BITS - TABLE_BITS)) & ((1 << TABLE_BITS) - 1);
        float mantissa = Float.intBitsToFloat((bits & ((1 << MANTISSA_BITS) - 1)) | ONE);
        float rest = mantissa * INVERSE[place] - 1;
        float series = rest * (1 - rest * (0.5f - rest * (1 / 3f)));
        return octave * PER_OCTAVE + (LOGARITHM[place] + PER_NEPER * series);
    }
}
