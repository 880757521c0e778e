package io.trunkline.media.amd.train;

/** One grown tree, still in terms of bins; a node that was not split sends everything left. */
final class Tree {
    /** A split after this bin parts nothing. */
    static final int NO_SPLIT = Bins.MAX;

    private final byte[] features;
    private final int[] bins;
    private final float[] leaves;

    Tree(byte[] features, int[] bins, float[] leaves) {
        this.features = features;
        this.bins = bins;
        this.leaves = leaves;
    }

    byte[] features() {
        return features;
    }

    float[] leaves() {
        return leaves;
    }

    float valueOf(Bins table, int row) {
        int node = 0;
        while (node < features.length) {
            node = 2 * node + (table.column(features[node])[row] > bins[node] ? 2 : 1);
        }
        return leaves[node - features.length];
    }

    float[] thresholds(Bins table) {
        float[] thresholds = new float[bins.length];
        for (int i = 0; i < bins.length; i++) {
            thresholds[i] = bins[i] == NO_SPLIT ? Float.MAX_VALUE : table.cut(features[i], bins[i]);
        }
        return thresholds;
    }
}
