package io.trunkline.media.amd;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Boosted trees of one depth, each laid out as a complete binary tree: node i's children are 2i+1 and 2i+2. Immutable,
 * so all calls share one.
 */
public final class Forest {
    private static final int MAX_TREES = 2000;
    private static final int MAX_DEPTH = 8;

    private final int depth;
    private final float bias;
    private final byte[][] features;
    private final float[][] thresholds;
    private final float[][] leaves;

    public Forest(int depth, float bias, byte[][] features, float[][] thresholds, float[][] leaves) {
        this.depth = depth;
        this.bias = bias;
        this.features = features;
        this.thresholds = thresholds;
        this.leaves = leaves;
    }

    /** The probability of the positive class. */
    public float probability(float[] values) {
        return (float) (1 / (1 + Math.exp(-logit(values))));
    }

    public float logit(float[] values) {
        float sum = bias;
        int splits = (1 << depth) - 1;
        for (int tree = 0; tree < leaves.length; tree++) {
            byte[] feature = features[tree];
            float[] threshold = thresholds[tree];
            int node = 0;
            while (node < splits) {
                node = 2 * node + (values[feature[node]] > threshold[node] ? 2 : 1);
            }
            sum += leaves[tree][node - splits];
        }
        return sum;
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeShort(leaves.length);
        out.writeByte(depth);
        out.writeFloat(bias);
        for (int tree = 0; tree < leaves.length; tree++) {
            out.write(features[tree]);
            for (float threshold : thresholds[tree]) {
                out.writeFloat(threshold);
            }
            for (float leaf : leaves[tree]) {
                out.writeFloat(leaf);
            }
        }
    }

    static Forest read(DataInputStream in, int featureCount) throws IOException {
        int trees = in.readUnsignedShort();
        int depth = in.readUnsignedByte();
        if (trees > MAX_TREES || depth > MAX_DEPTH) {
            throw new IOException("not a model: " + trees + " trees of depth " + depth);
        }
        float bias = in.readFloat();
        byte[][] features = new byte[trees][];
        float[][] thresholds = new float[trees][];
        float[][] leaves = new float[trees][];
        int splits = (1 << depth) - 1;
        for (int tree = 0; tree < trees; tree++) {
            features[tree] = in.readNBytes(splits);
            requireFeatures(features[tree], splits, featureCount);
            thresholds[tree] = floats(in, splits);
            leaves[tree] = floats(in, splits + 1);
        }
        return new Forest(depth, bias, features, thresholds, leaves);
    }

    private static void requireFeatures(byte[] features, int splits, int featureCount) throws IOException {
        if (features.length != splits) {
            throw new IOException("the model is cut short");
        }
        for (byte feature : features) {
            if (feature < 0 || feature >= featureCount) {
                throw new IOException("the model asks for feature " + feature + " of " + featureCount);
            }
        }
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
