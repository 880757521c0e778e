package io.trunkline.media.codec;

/**
 * The period of the end of a signal, between 5 and 15 ms (66 to 200 Hz), by normalised correlation of the last 20 ms:
 * every second lag first, then the neighbours of the best.
 */
final class PitchFinder {
    private final int shortest;
    private final int longest;
    private final int window;

    PitchFinder(int sampleRate) {
        shortest = sampleRate / 200;
        longest = sampleRate * 15 / 1000;
        window = sampleRate / 50;
    }

    int longest() {
        return longest;
    }

    int find(short[] history) {
        int best = longest;
        double bestScore = 0;
        for (int lag = shortest; lag <= longest; lag += 2) {
            double score = score(history, lag);
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        for (int lag = Math.max(shortest, best - 1); lag <= Math.min(longest, best + 1); lag += 2) {
            double score = score(history, lag);
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }

    /** Correlation with the signal {@code lag} earlier, divided by the root of its energy; negative counts as none. */
    private double score(short[] history, int lag) {
        long correlation = 0;
        long energy = 1;
        for (int i = history.length - window; i < history.length; i++) {
            int earlier = history[i - lag];
            correlation += (long) history[i] * earlier;
            energy += (long) earlier * earlier;
        }
        return correlation <= 0 ? 0 : (double) correlation / Math.sqrt((double) energy);
    }
}
