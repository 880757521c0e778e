package io.trunkline.media.amd;

/** Mean and deviation of a stream of values (Welford's method). */
final class Spread {
    private int count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    void clear() {
        count = 0;
        mean = 0;
        squares = 0;
    }

    int count() {
        return count;
    }

    float mean() {
        return (float) mean;
    }

    float deviation() {
        return count < 2 ? 0 : (float) Math.sqrt(squares / count);
    }
}
