package io.trunkline.media.rtp;

/**
 * Makes speech a pitch period shorter or longer where it sounds the same either way (overlap-add at the lag of best
 * likeness), so that playout can follow the peer's clock and its own target without a click or a change of pitch.
 */
public final class TimeStretch {
    private static final int COARSE_RATE = 8000;

    private TimeStretch() {}

    /** Samples that must be at hand for either change. */
    public static int needed(int sampleRate) {
        return 2 * longestLag(sampleRate);
    }

    /** Removes one period from the front of {@code samples}; returns how many are left. */
    public static int shorten(short[] samples, int count, int sampleRate) {
        int lag = bestLag(samples, sampleRate);
        for (int i = 0; i < lag; i++) {
            samples[i] = blend(samples[i], samples[i + lag], i, lag);
        }
        System.arraycopy(samples, 2 * lag, samples, lag, count - 2 * lag);
        return count - lag;
    }

    /** Repeats one period at the front of {@code samples}, which has room for it; returns how many there are. */
    public static int lengthen(short[] samples, int count, int sampleRate) {
        int lag = bestLag(samples, sampleRate);
        System.arraycopy(samples, lag, samples, 2 * lag, count - lag);
        for (int i = lag - 1; i >= 0; i--) {
            // samples[2 * lag + i] is what stood at lag + i before the move.
            samples[lag + i] = blend(samples[2 * lag + i], samples[i], i, lag);
        }
        return count + lag;
    }

    private static short blend(short from, short to, int step, int steps) {
        return (short) ((from * (steps - step) + to * step) / steps);
    }

    private static int longestLag(int sampleRate) {
        return sampleRate / 80;
    }

    private static int bestLag(short[] samples, int sampleRate) {
        int step = Math.max(1, sampleRate / COARSE_RATE);
        int best = search(samples, sampleRate / 400, longestLag(sampleRate), step, longestLag(sampleRate));
        int from = Math.max(sampleRate / 400, best - step);
        return step == 1
                ? best
                : search(samples, from, Math.min(longestLag(sampleRate), best + step), 1, longestLag(sampleRate));
    }

    private static int search(short[] samples, int from, int to, int step, int window) {
        int best = to;
        double bestLikeness = Double.NEGATIVE_INFINITY;
        for (int lag = from; lag <= to; lag += step) {
            double likeness = likeness(samples, lag, step, window);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = lag;
            }
        }
        return best;
    }

    private static double likeness(short[] samples, int lag, int step, int window) {
        long product = 0;
        long energy = 1;
        for (int i = 0; i < window; i += step) {
            int later = samples[i + lag];
            product += samples[i] * later;
            energy += (long) later * later;
        }
        return (double) product / Math.sqrt((double) energy);
    }
}
