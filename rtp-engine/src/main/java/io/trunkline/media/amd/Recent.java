package io.trunkline.media.amd;

/** The last few values of one measurement. */
final class Recent {
    private final float[] values;
    private int next;
    private int count;
    private double sum;

    Recent(int capacity) {
        values = new float[capacity];
    }

    void add(float value) {
        if (count == values.length) {
            sum -= values[next];
        } else {
            count++;
        }
        values[next] = value;
        sum += value;
        next = (next + 1) % values.length;
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
        float mean = mean();
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return count == 0 ? 0 : (float) Math.sqrt(squares / count);
    }
}
