package io.trunkline.media.amd;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A value for each {@link PolicyFigure}, in their order, which is also the order in a model's file. Immutable. */
@SuppressWarnings("EnumOrdinal") // an array, since the detector reads it every few milliseconds
public final class PolicyFigures {
    private final float[] values;

    private PolicyFigures(float[] values) {
        this.values = values;
    }

    /** Where training begins. */
    public static PolicyFigures start() {
        float[] values = new float[PolicyFigure.values().length];
        for (PolicyFigure figure : PolicyFigure.values()) {
            values[figure.ordinal()] = figure.start();
        }
        return new PolicyFigures(values);
    }

    public float at(PolicyFigure figure) {
        return values[figure.ordinal()];
    }

    /** The same with one figure changed, within its bounds. */
    public PolicyFigures with(PolicyFigure figure, double value) {
        float[] changed = values.clone();
        changed[figure.ordinal()] = Math.clamp((float) value, figure.least(), figure.most());
        return new PolicyFigures(changed);
    }

    void write(DataOutputStream out) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static PolicyFigures read(DataInputStream in) throws IOException {
        PolicyFigures figures = start();
        for (PolicyFigure figure : PolicyFigure.values()) {
            float value = in.readFloat();
            if (!(value >= figure.least() && value <= figure.most())) {
                throw new IOException("the model's " + figure + " is " + value);
            }
            figures = figures.with(figure, value);
        }
        return figures;
    }
}
