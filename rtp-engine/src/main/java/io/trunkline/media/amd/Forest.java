package io.trunkline.media.amd;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Boosted trees of one depth, each laid out as a complete binary tree: node i's children are 2i+1 and 2i+2. The trees
 * stand one behind the other. Immutable, so all calls share one.
 */
public final class Forest {
    private static final int MAX_TREES = 2000;
    private static final int MAX_DEPTH = 8;

    private final int depth;
    private final float bias;
    private final int trees;
    private final byte[] features;
    private final float[] thresholds;
    private final float[] leaves;

    public Forest(int depth, float bias, byte[][] features, float[][] thresholds, float[][] leaves) {
        this.depth = depth;
        this.bias = bias;
        this.trees = leaves.length;
        int splits = (1 << depth) - 1;
        this.features = new byte[trees * splits];
        this.thresholds = new float[trees * splits];
        this.leaves = new float[trees * (splits + 1)];
        for (int tree = 0; tree < trees; tree++) {
            System.arraycopy(features[tree], 0, this.features, tree * splits, splits);
            System.arraycopy(thresholds[tree], 0, this.thresholds, tree * splits, splits);
            System.arraycopy(leaves[tree], 0, this.leaves, tree * (splits + 1), splits + 1);
        }
    }

    /** The probability of the positive class. */
    public float probability(float[] values) {
        return (float) (1 / (1 + Math.exp(-logit(values))));
    }

    public float logit(float[] values) {
        float sum = bias;
        int splits = (1 << depth) - 1;
        for (int tree = 0; tree < trees; tree++) {
            sum += leaves[tree * (splits + 1) + leaf(tree * splits, values)];
        }
        return sum;
    }

    private int leaf(int root, float[] values) {
        int node = 0;
        for (int level = 0; level < depth; level++) {
            node = 2 * node + above(root + (1 << level) - 1 + node, values);
        }
        return node;
    }

    /** The sign of the difference, in place of a jump that no processor can predict. */
    private int above(int split, float[] values) {
        return Float.floatToRawIntBits(thresholds[split] - values[features[split]]) >>> 31;
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeShort(trees);
        out.writeByte(depth);
        out.writeFloat(bias);
        int splits = (1 << depth) - 1;
        for (int tree = 0; tree < trees; tree++) {
            out.write(features, tree * splits, splits);
            writeFloats(out, thresholds, tree * splits, splits);
            writeFloats(out, leaves, tree * (splits + 1), splits + 1);
        }
    }

    private static void writeFloats(DataOutputStream out, float[] values, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            out.writeFloat(values[i]);
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
            // never a negative zero, whose difference from zero would have a sign
            values[i] = in.readFloat() + 0f;
        }
        return values;
    }
}
