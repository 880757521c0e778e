package io.trunkline.media.amd.train;

import java.util.Arrays;

/** A table with each column cut at its quantiles, so that a split is one of at most 63 cuts. */
final class Bins {
    static final int MAX = 64;
    private static final int SAMPLE = 20_000;

    private final float[][] cuts;
    private final byte[][] bins;

    Bins(Table table) {
        cuts = new float[table.columns()][];
        bins = new byte[table.columns()][table.rows()];
        for (int column = 0; column < table.columns(); column++) {
            cuts[column] = cuts(table, column);
            for (int row = 0; row < table.rows(); row++) {
                bins[column][row] = binOf(cuts[column], table.value(row, column));
            }
        }
    }

    int columns() {
        return cuts.length;
    }

    byte[] column(int column) {
        return bins[column];
    }

    /** Values above this go right of a split after {@code bin}. */
    float cut(int column, int bin) {
        return bin < cuts[column].length ? cuts[column][bin] : Float.MAX_VALUE;
    }

    private static float[] cuts(Table table, int column) {
        int step = Math.max(1, table.rows() / SAMPLE);
        float[] values = new float[(table.rows() + step - 1) / step];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.value(i * step, column);
        }
        Arrays.sort(values);
        float[] cuts = new float[MAX - 1];
        int count = 0;
        for (int i = 1; i < MAX; i++) {
            int at = (int) ((long) i * values.length / MAX);
            float cut = at == 0 ? values[0] : (values[at - 1] + values[at]) / 2;
            if ((count == 0 || cut > cuts[count - 1]) && cut < values[values.length - 1]) {
                cuts[count++] = cut;
            }
        }
        return Arrays.copyOf(cuts, count);
    }

    private static byte binOf(float[] cuts, float value) {
        int low = 0;
        int high = cuts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (value > cuts[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (byte) low;
    }
}
