package io.trunkline.media.amd.train;

import io.trunkline.media.amd.Forest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Gradient boosting of shallow trees on the logistic loss, over features cut into at most 64 bins. */
final class Boosting {
    /** How to grow. */
    record Settings(int trees, int depth, double rate, double rowShare, double featureShare, double leastWeight) {}

    private static final double RIDGE = 4;

    private final Settings settings;
    private final SplittableRandom random;

    Boosting(Settings settings, long seed) {
        this.settings = settings;
        random = new SplittableRandom(seed);
    }

    Forest grow(Table table) {
        Bins bins = new Bins(table);
        int rows = table.rows();
        double bias = bias(table);
        double[] score = new double[rows];
        Arrays.fill(score, bias);
        float[] gradient = new float[rows];
        float[] curvature = new float[rows];
        List<Tree> trees = new ArrayList<>();
        for (int t = 0; t < settings.trees(); t++) {
            slopes(table, score, gradient, curvature);
            Tree tree = new TreeGrower(bins, settings, RIDGE)
                    .grow(sample(rows), features(table.columns()), gradient, curvature);
            for (int row = 0; row < rows; row++) {
                score[row] += tree.valueOf(bins, row);
            }
            trees.add(tree);
        }
        return forest(trees, bins, bias);
    }

    private static double bias(Table table) {
        double positive = 1e-3;
        double all = 2e-3;
        for (int row = 0; row < table.rows(); row++) {
            positive += table.label(row) * table.weight(row);
            all += table.weight(row);
        }
        double p = positive / all;
        return Math.log(p / (1 - p));
    }

    private static void slopes(Table table, double[] score, float[] gradient, float[] curvature) {
        for (int row = 0; row < score.length; row++) {
            double p = 1 / (1 + Math.exp(-score[row]));
            gradient[row] = (float) ((table.label(row) - p) * table.weight(row));
            curvature[row] = (float) (Math.max(1e-6, p * (1 - p)) * table.weight(row));
        }
    }

    private int[] sample(int rows) {
        int[] chosen = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (random.nextDouble() < settings.rowShare()) {
                chosen[count++] = row;
            }
        }
        return Arrays.copyOf(chosen, count);
    }

    private boolean[] features(int columns) {
        boolean[] chosen = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            chosen[i] = random.nextDouble() < settings.featureShare();
        }
        return chosen;
    }

    private Forest forest(List<Tree> trees, Bins bins, double bias) {
        byte[][] features = new byte[trees.size()][];
        float[][] thresholds = new float[trees.size()][];
        float[][] leaves = new float[trees.size()][];
        for (int i = 0; i < trees.size(); i++) {
            Tree tree = trees.get(i);
            features[i] = tree.features();
            thresholds[i] = tree.thresholds(bins);
            leaves[i] = tree.leaves();
        }
        return new Forest(settings.depth(), (float) bias, features, thresholds, leaves);
    }
}
