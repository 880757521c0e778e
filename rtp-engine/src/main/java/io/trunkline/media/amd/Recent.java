package io.trunkline.media.amd;

/** The last few values of one measurement. */
final class Recent {
    private final float[] values;
    private int next;
    private int count;
    private double sum;
    private double squares;

    Recent(int capacity) {
        values = new float[capacity];
    }

    void add(float value) {
        if (count == values.length) {
            sum -= values[next];
            squares -= (double) values[next] * values[next];
        } else {
            count++;
        }
        values[next] = value;
        sum += value;
        squares += (double) value * value;
        next = next + 1 == values.length ? 0 : next + 1;
    }

    float mean() {
        return count == 0 ? 0 : (float) (sum / count);
    }

    float max() {
        float max = count == 0 ? 0 : values[0];
        for (int i = 1; i < count; i++) {
            max = Math.max(max, values[i]);
        }
        return max;
    }

    float min() {
        float min = count == 0 ? 0 : values[0];
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
        }
        return min;
    }

    float deviation() {
        if (count == 0) {
            return 0;
        }
        double mean = sum / count;
        return (float) Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
}
