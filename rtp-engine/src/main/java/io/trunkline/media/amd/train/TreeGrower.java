package io.trunkline.media.amd.train;

import java.util.Arrays;

/** Grows one tree level by level: a histogram of gradients a node and feature, and the best cut of each. */
final class TreeGrower {
    private final Bins bins;
    private final Boosting.Settings settings;
    private final double ridge;
    private final byte[] features;
    private final int[] cuts;
    private final double[] bestGain;

    TreeGrower(Bins bins, Boosting.Settings settings, double ridge) {
        this.bins = bins;
        this.settings = settings;
        this.ridge = ridge;
        int splits = (1 << settings.depth()) - 1;
        features = new byte[splits];
        cuts = new int[splits];
        bestGain = new double[splits];
        Arrays.fill(cuts, Tree.NO_SPLIT);
    }

    Tree grow(int[] rows, boolean[] allowed, float[] gradient, float[] curvature) {
        int[] nodes = new int[rows.length];
        for (int level = 0; level < settings.depth(); level++) {
            split(level, rows, nodes, allowed, gradient, curvature);
            descend(rows, nodes);
        }
        return new Tree(features, cuts, leaves(rows, nodes, gradient, curvature));
    }

    private void split(int level, int[] rows, int[] nodes, boolean[] allowed, float[] gradient, float[] curvature) {
        int first = (1 << level) - 1;
        int width = 1 << level;
        double[] gradients = new double[width * Bins.MAX];
        double[] curvatures = new double[width * Bins.MAX];
        for (int feature = 0; feature < bins.columns(); feature++) {
            if (!allowed[feature]) {
                continue;
            }
            Arrays.fill(gradients, 0);
            Arrays.fill(curvatures, 0);
            byte[] column = bins.column(feature);
            for (int i = 0; i < rows.length; i++) {
                int slot = (nodes[i] - first) * Bins.MAX + column[rows[i]];
                gradients[slot] += gradient[rows[i]];
                curvatures[slot] += curvature[rows[i]];
            }
            for (int node = 0; node < width; node++) {
                bestCut(first + node, feature, node * Bins.MAX, gradients, curvatures);
            }
        }
    }

    private void bestCut(int node, int feature, int from, double[] gradients, double[] curvatures) {
        double allG = 0;
        double allH = 0;
        for (int bin = 0; bin < Bins.MAX; bin++) {
            allG += gradients[from + bin];
            allH += curvatures[from + bin];
        }
        double whole = allG * allG / (allH + ridge);
        double leftG = 0;
        double leftH = 0;
        for (int bin = 0; bin < Bins.MAX - 1; bin++) {
            leftG += gradients[from + bin];
            leftH += curvatures[from + bin];
            double rightH = allH - leftH;
            if (leftH < settings.leastWeight() || rightH < settings.leastWeight()) {
                continue;
            }
            double rightG = allG - leftG;
            double gain = leftG * leftG / (leftH + ridge) + rightG * rightG / (rightH + ridge) - whole;
            if (gain > bestGain[node] + 1e-9) {
                bestGain[node] = gain;
                features[node] = (byte) feature;
                cuts[node] = bin;
            }
        }
    }

    private void descend(int[] rows, int[] nodes) {
        for (int i = 0; i < rows.length; i++) {
            int node = nodes[i];
            nodes[i] = 2 * node + (bins.column(features[node])[rows[i]] > cuts[node] ? 2 : 1);
        }
    }

    private float[] leaves(int[] rows, int[] nodes, float[] gradient, float[] curvature) {
        int first = features.length;
        double[] g = new double[first + 1];
        double[] h = new double[first + 1];
        for (int i = 0; i < rows.length; i++) {
            g[nodes[i] - first] += gradient[rows[i]];
            h[nodes[i] - first] += curvature[rows[i]];
        }
        float[] values = new float[first + 1];
        for (int leaf = 0; leaf < values.length; leaf++) {
            values[leaf] = (float) (settings.rate() * g[leaf] / (h[leaf] + ridge));
        }
        return values;
    }
}
