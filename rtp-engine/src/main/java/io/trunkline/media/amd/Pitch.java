package io.trunkline.media.amd;

/** The pitch of a window by its autocorrelation between 65 and 400 Hz, and how periodic the window is. */
final class Pitch {
    private static final int SHORTEST_LAG = 20;
    private static final int LONGEST_LAG = 120;
    private static final int LOW_BIN = 2;
    private static final int TOP_BIN = 45;

    private float strength;
    private float hertz;

    /** 0 for noise, near 1 for a sustained vowel or a tone. */
    float strength() {
        return strength;
    }

    float hertz() {
        return hertz;
    }

    void measure(Spectrum spectrum) {
        float[] correlation = spectrum.autocorrelation(LOW_BIN, TOP_BIN);
        int best = SHORTEST_LAG;
        for (int lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
            // a shorter lag wins over its own double, or every pitch would fall by octaves
            if (correlation[lag] > correlation[best] * (lag > best + 8 ? 1.15f : 1f)) {
                best = lag;
            }
        }
        strength = Math.max(0, correlation[best]);
        hertz = (float) Framer.SAMPLE_RATE / best;
    }
}
