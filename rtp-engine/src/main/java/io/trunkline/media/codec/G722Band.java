package io.trunkline.media.codec;

/**
 * One sub-band's adaptive predictor and scale factor (ITU-T G.722 section 3.5 and 3.6, the blocks of clause 6.2): the
 * part that encoder and decoder run alike. Names in the comments are those of the Recommendation.
 */
final class G722Band {
    /** ILB: 2048 times the 32 steps of an octave. */
    private static final int[] OCTAVE = new int[32];

    static {
        for (int i = 0; i < OCTAVE.length; i++) {
            OCTAVE[i] = (int) Math.round(2048 * Math.pow(2, i / 32.0));
        }
    }

    private final int shift;
    private final int highestScale;
    /** B and D of the zero section, newest difference first. */
    private final int[] zeros = new int[6];

    private final int[] differences = new int[6];
    private int pole1;
    private int pole2;
    private int reconstructed1;
    private int partial1;
    private int partial2;
    private int logScale;
    private int zeroPrediction;

    /** DET: the quantizer's scale. */
    private int scale;
    /** S: what the predictor expects next. */
    private int prediction;

    private G722Band(int shift, int highestScale, int scale) {
        this.shift = shift;
        this.highestScale = highestScale;
        this.scale = scale;
    }

    static G722Band lower() {
        return new G722Band(8, 18_432, 32);
    }

    static G722Band higher() {
        return new G722Band(10, 22_528, 8);
    }

    int scale() {
        return scale;
    }

    int prediction() {
        return prediction;
    }

    /** LOGSCL and SCALEL, or LOGSCH and SCALEH: the quantizer's step follows what it was given. */
    void adaptScale(int step) {
        logScale = Math.clamp(((logScale * 127) >> 7) + step, 0, highestScale);
        int exponent = shift - (logScale >> 11);
        int mantissa = OCTAVE[(logScale >> 6) & 31];
        scale = (exponent < 0 ? mantissa << -exponent : mantissa >> exponent) << 2;
    }

    /** Block 4: takes the quantized difference and predicts the next sample. */
    void adaptPrediction(int difference) {
        int reconstructed = saturate(prediction + difference);
        int partial = saturate(zeroPrediction + difference);
        adaptPoles(partial);
        adaptZeros(difference);
        // FILTEP with RLT of this sample and of the last
        int polePrediction =
                saturate(product(saturate(2 * reconstructed), pole1) + product(saturate(2 * reconstructed1), pole2));
        reconstructed1 = reconstructed;
        partial2 = partial1;
        partial1 = partial;
        prediction = saturate(polePrediction + zeroPrediction);
    }

    /** UPPOL2 and UPPOL1. */
    private void adaptPoles(int partial) {
        boolean like1 = partial >> 15 == partial1 >> 15;
        boolean like2 = partial >> 15 == partial2 >> 15;
        int wide = saturate(4 * pole1);
        int pull = Math.min(32_767, like1 ? -wide : wide) >> 7;
        int next2 = pull + (like2 ? 128 : -128) + product(pole2, 32_512);
        pole2 = Math.clamp(next2, -12_288, 12_288);
        int limit = 15_360 - pole2;
        pole1 = Math.clamp((like1 ? 192 : -192) + product(pole1, 32_640), -limit, limit);
    }

    /** UPZERO, DELAYA and FILTEZ. */
    private void adaptZeros(int difference) {
        int step = difference == 0 ? 0 : 128;
        for (int i = 0; i < 6; i++) {
            boolean like = differences[i] >> 15 == difference >> 15;
            zeros[i] = saturate((like ? step : -step) + product(zeros[i], 32_640));
        }
        System.arraycopy(differences, 0, differences, 1, 5);
        differences[0] = difference;
        int sum = 0;
        for (int i = 0; i < 6; i++) {
            sum += product(saturate(2 * differences[i]), zeros[i]);
        }
        zeroPrediction = saturate(sum);
    }

    /** Two fractions of 15 bits. */
    static int product(int a, int b) {
        return (a * b) >> 15;
    }

    static int saturate(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
