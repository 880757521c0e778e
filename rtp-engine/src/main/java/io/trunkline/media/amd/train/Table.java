package io.trunkline.media.amd.train;

import java.util.ArrayList;
import java.util.List;

/** Rows of features with a label between 0 and 1 and a weight. */
final class Table {
    private final int columns;
    private final List<float[]> features = new ArrayList<>();
    private final List<Float> labels = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();

    Table(int columns) {
        this.columns = columns;
    }

    void add(float[] row, float label, float weight) {
        features.add(row);
        labels.add(label);
        weights.add(weight);
    }

    void addAll(Table other) {
        features.addAll(other.features);
        labels.addAll(other.labels);
        weights.addAll(other.weights);
    }

    int rows() {
        return features.size();
    }

    int columns() {
        return columns;
    }

    float value(int row, int column) {
        return features.get(row)[column];
    }

    float[] row(int row) {
        return features.get(row);
    }

    float label(int row) {
        return labels.get(row);
    }

    float weight(int row) {
        return weights.get(row);
    }
}
