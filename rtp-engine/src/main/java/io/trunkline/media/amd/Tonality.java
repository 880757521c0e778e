package io.trunkline.media.amd;

/** How much of a window is one pure tone, or two: the share of its power in the main lobes, and where they stand. */
final class Tonality {
    private static final int LOW_BIN = 7;
    private static final int HIGH_BIN = 122;
    private static final int LOBE = 2;
    private static final int WIDE_LOBE = 3;

    private int peak;
    private float single;
    private float wide;
    private float dual;
    private float hertz;
    private float secondHertz;
    private float modemShare;

    /** The share of the strongest lobe. */
    float single() {
        return single;
    }

    /** The share of a lobe wide enough for two tones that beat, such as a ringback's 440 and 480 Hz. */
    float wide() {
        return wide;
    }

    /** The share of the two strongest lobes together. */
    float dual() {
        return dual;
    }

    /** The centre of the strongest lobe. */
    float hertz() {
        return hertz;
    }

    float secondHertz() {
        return secondHertz;
    }

    /** The share between 1.5 and 2 kHz, where V.21's upper channel lies. */
    float modemShare() {
        return modemShare;
    }

    void measure(float[] power) {
        float total = sum(power, LOW_BIN - 1, HIGH_BIN + 1) + 1e-6f;
        modemShare = sum(power, 48, 64) / total;
        peak = strongest(power, -1);
        float lobe = sum(power, peak - LOBE, peak + LOBE);
        single = lobe / total;
        wide = sum(power, peak - WIDE_LOBE, peak + WIDE_LOBE) / total;
        hertz = centre(power, peak, single >= wide * 0.98f ? LOBE : WIDE_LOBE);
        int second = strongest(power, peak);
        dual = Math.min(1, (lobe + sum(power, second - LOBE, second + LOBE)) / total);
        secondHertz = centre(power, second, LOBE);
    }

    private static int strongest(float[] power, int except) {
        int best = -1;
        for (int bin = LOW_BIN; bin <= HIGH_BIN; bin++) {
            boolean free = except < 0 || Math.abs(bin - except) > 2 * LOBE;
            if (free && (best < 0 || power[bin] > power[best])) {
                best = bin;
            }
        }
        return best;
    }

    private static float sum(float[] power, int from, int to) {
        float sum = 0;
        for (int bin = from; bin <= to; bin++) {
            sum += power[bin];
        }
        return sum;
    }

    private static float centre(float[] power, int peak, int reach) {
        float sum = 1e-9f;
        float moment = 0;
        for (int bin = peak - reach; bin <= peak + reach; bin++) {
            sum += power[bin];
            moment += power[bin] * bin;
        }
        return moment / sum * Spectrum.HZ_PER_BIN;
    }
}
