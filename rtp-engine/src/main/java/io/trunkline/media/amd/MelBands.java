package io.trunkline.media.amd;

/** Sixteen bands, narrow below and wide above as the ear's are, from 180 to 3700 Hz, in dB full scale. */
final class MelBands {
    static final int COUNT = 16;
    /** What digital silence and anything quieter is called: below every real line's noise. */
    static final float SILENT_DB = -80;

    private static final double LOW_HZ = 180;
    private static final double HIGH_HZ = 3700;
    private static final int[] EDGES = edges();
    private static final float FULL_SCALE = 32768f * 32768f;

    private final float[] decibels = new float[COUNT];
    private float level = SILENT_DB;

    float[] decibels() {
        return decibels;
    }

    /** All bands together. */
    float level() {
        return level;
    }

    void measure(float[] power) {
        float total = 0;
        for (int band = 0; band < COUNT; band++) {
            float sum = 0;
            for (int bin = EDGES[band]; bin < EDGES[band + 1]; bin++) {
                sum += power[bin];
            }
            decibels[band] = decibels(sum);
            total += sum;
        }
        level = decibels(total);
    }

    static float decibels(float meanSquare) {
        return Math.max(SILENT_DB, Decibels.of(meanSquare * (1 / FULL_SCALE) + 1e-12f));
    }

    private static int[] edges() {
        int[] edges = new int[COUNT + 1];
        double low = mel(LOW_HZ);
        double step = (mel(HIGH_HZ) - low) / COUNT;
        for (int i = 0; i <= COUNT; i++) {
            double hz = 700 * (Math.exp((low + i * step) / 1127) - 1);
            edges[i] = (int) Math.round(hz / Spectrum.HZ_PER_BIN);
        }
        return edges;
    }

    private static double mel(double hz) {
        return 1127 * Math.log(1 + hz / 700);
    }
}
