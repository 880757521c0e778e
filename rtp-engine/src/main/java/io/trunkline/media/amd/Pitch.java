package io.trunkline.media.amd;

/**
 * The pitch of a window by its autocorrelation between 65 and 400 Hz, and how periodic the window is. It is made from the
 * amplitudes rather than the powers of the bins below 1.4 kHz: that flattens formants, so the peak is the pitch.
 */
final class Pitch {
    private static final int SHORTEST_LAG = 20;
    private static final int LONGEST_LAG = 120;
    private static final int LOW_BIN = 2;
    private static final int TOP_BIN = 45;
    /** Half of all lags: the cosines of even bins are the same for a lag and for 128 less it, those of odd ones opposed. */
    private static final int LAGS = Spectrum.SIZE / 4;

    private static final int AT_ONCE = 4;
    private static final int ROWS = 24;
    private static final float[][] COSINES = cosines();
    private static final float[] SEMITONES = new float[LONGEST_LAG + 1];

    static {
        for (int i = 1; i <= LONGEST_LAG; i++) {
            SEMITONES[i] = 12 * (float) (Math.log(Framer.SAMPLE_RATE / 100.0 / i) / Math.log(2));
        }
    }

    private final float[] even = new float[LAGS];
    private final float[] odd = new float[LAGS];
    private float strength;
    private int lag = SHORTEST_LAG;

    /** 0 for noise, near 1 for a sustained vowel or a tone. */
    float strength() {
        return strength;
    }

    /** From 100 Hz up. */
    float semitones() {
        return SEMITONES[lag];
    }

    void measure(float[] power) {
        float zero = Math.max(correlate(power, LOW_BIN, even) + correlate(power, LOW_BIN + 1, odd), 1e-9f);
        int best = SHORTEST_LAG;
        float highest = at(best);
        for (int each = SHORTEST_LAG + 1; each <= LONGEST_LAG; each++) {
            float now = at(each);
            // a shorter lag wins over its own double, or every pitch would fall by octaves
            if (now > highest * (each > best + 8 ? 1.15f : 1f)) {
                best = each;
                highest = now;
            }
        }
        lag = best;
        strength = Math.max(0, highest / zero);
    }

    private float at(int each) {
        return each <= LAGS ? even[each - 1] + odd[each - 1] : even[2 * LAGS - each - 1] - odd[2 * LAGS - each - 1];
    }

    /** Adds up the cosines of every second bin from {@code first} on; returns their sum at lag 0. */
    private static float correlate(float[] power, int first, float[] sums) {
        float zero = 0;
        for (int bin = first; bin < TOP_BIN; bin += 2 * AT_ONCE) {
            float a = amplitude(power, bin);
            float b = amplitude(power, bin + 2);
            float c = amplitude(power, bin + 4);
            float d = amplitude(power, bin + 6);
            zero += a + b + c + d;
            if (bin == first) {
                set(sums, a, COSINES[bin], b, COSINES[bin + 2], c, COSINES[bin + 4], d, COSINES[bin + 6]);
            } else {
                add(sums, a, COSINES[bin], b, COSINES[bin + 2], c, COSINES[bin + 4], d, COSINES[bin + 6]);
            }
        }
        return zero;
    }

    /** Plain loops over arrays with one index, which the compiler turns into vector instructions. */
    private static void set(
            float[] sums, float a, float[] as, float b, float[] bs, float c, float[] cs, float d, float[] ds) {
        for (int i = 0; i < LAGS; i++) {
            sums[i] = (a * as[i] + b * bs[i]) + (c * cs[i] + d * ds[i]);
        }
    }

    private static void add(
            float[] sums, float a, float[] as, float b, float[] bs, float c, float[] cs, float d, float[] ds) {
        for (int i = 0; i < LAGS; i++) {
            sums[i] += (a * as[i] + b * bs[i]) + (c * cs[i] + d * ds[i]);
        }
    }

    private static float amplitude(float[] power, int bin) {
        return bin < TOP_BIN ? (float) Math.sqrt(power[bin]) : 0;
    }

    private static float[][] cosines() {
        float[][] cosines = new float[LOW_BIN + 2 * ROWS][LAGS];
        for (int bin = 0; bin < cosines.length; bin++) {
            for (int i = 0; i < LAGS; i++) {
                cosines[bin][i] = (float) Math.cos(2 * Math.PI * bin * (i + 1) / Spectrum.SIZE);
            }
        }
        return cosines;
    }
}
