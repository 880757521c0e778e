package io.trunkline.media.amd;

/**
 * The transform of 128 complex numbers in place of their even and odd samples: eight by four by four, decimated in time,
 * so that its input is read in strides and everything after lies in order.
 */
final class Fourier {
    static final int SIZE = 128;

    private static final int EIGHT = 8;
    private static final int QUARTER = SIZE / 4;
    private static final float ROOT_HALF = (float) Math.sqrt(0.5);
    private static final Twiddles INNER = new Twiddles(QUARTER);
    private static final Twiddles OUTER = new Twiddles(SIZE);

    private final float[] real = new float[SIZE];
    private final float[] imaginary = new float[SIZE];

    /** The turns of the second, third and fourth part of a transform of some size. */
    private static final class Twiddles {
        final float[] cos1;
        final float[] sin1;
        final float[] cos2;
        final float[] sin2;
        final float[] cos3;
        final float[] sin3;

        Twiddles(int size) {
            cos1 = turns(size, 1, 0);
            sin1 = turns(size, 1, Math.PI / 2);
            cos2 = turns(size, 2, 0);
            sin2 = turns(size, 2, Math.PI / 2);
            cos3 = turns(size, 3, 0);
            sin3 = turns(size, 3, Math.PI / 2);
        }

        private static float[] turns(int size, int part, double phase) {
            float[] turns = new float[size / 4];
            for (int i = 0; i < turns.length; i++) {
                turns[i] = (float) Math.cos(2 * Math.PI * part * i / size + phase);
            }
            return turns;
        }
    }

    float[] real() {
        return real;
    }

    float[] imaginary() {
        return imaginary;
    }

    /** Transforms samples times window, whose even places are real and odd ones imaginary parts. */
    void transform(float[] samples, float[] window) {
        for (int part = 0; part < 4; part++) {
            for (int piece = 0; piece < 4; piece++) {
                eight(samples, window, 4 * piece + part, QUARTER * part + EIGHT * piece);
            }
        }
        for (int part = 0; part < SIZE; part += QUARTER) {
            four(part, EIGHT, INNER);
        }
        four(0, QUARTER, OUTER);
    }

    /** Every sixteenth number from {@code from} on, transformed to {@code to} and the seven places after it. */
    private void eight(float[] x, float[] w, int from, int to) {
        int at = 2 * from;
        float r0 = x[at] * w[at];
        float i0 = x[at + 1] * w[at + 1];
        float r1 = x[at + 32] * w[at + 32];
        float i1 = x[at + 33] * w[at + 33];
        float r2 = x[at + 64] * w[at + 64];
        float i2 = x[at + 65] * w[at + 65];
        float r3 = x[at + 96] * w[at + 96];
        float i3 = x[at + 97] * w[at + 97];
        float r4 = x[at + 128] * w[at + 128];
        float i4 = x[at + 129] * w[at + 129];
        float r5 = x[at + 160] * w[at + 160];
        float i5 = x[at + 161] * w[at + 161];
        float r6 = x[at + 192] * w[at + 192];
        float i6 = x[at + 193] * w[at + 193];
        float r7 = x[at + 224] * w[at + 224];
        float i7 = x[at + 225] * w[at + 225];
        evens(to, r0 + r4, i0 + i4, r2 + r6, i2 + i6, r1 + r5, i1 + i5, r3 + r7, i3 + i7);
        odds(to, r0 - r4, i0 - i4, r2 - r6, i2 - i6, r1 - r5, i1 - i5, r3 - r7, i3 - i7);
    }

    private void evens(int to, float ar, float ai, float br, float bi, float cr, float ci, float dr, float di) {
        float sumR = ar + br;
        float sumI = ai + bi;
        float otherR = cr + dr;
        float otherI = ci + di;
        real[to] = sumR + otherR;
        imaginary[to] = sumI + otherI;
        real[to + 4] = sumR - otherR;
        imaginary[to + 4] = sumI - otherI;
        float leftR = ar - br;
        float leftI = ai - bi;
        float rightR = ci - di;
        float rightI = dr - cr;
        real[to + 2] = leftR + rightR;
        imaginary[to + 2] = leftI + rightI;
        real[to + 6] = leftR - rightR;
        imaginary[to + 6] = leftI - rightI;
    }

    /** The differences: b turned by a quarter, c and d by one and three eighths. */
    private void odds(int to, float ar, float ai, float br, float bi, float cr, float ci, float dr, float di) {
        float c8r = (cr + ci) * ROOT_HALF;
        float c8i = (ci - cr) * ROOT_HALF;
        float d8r = (di - dr) * ROOT_HALF;
        float d8i = -(dr + di) * ROOT_HALF;
        float nearR = ar + bi;
        float nearI = ai - br;
        float sumR = c8r + d8r;
        float sumI = c8i + d8i;
        real[to + 1] = nearR + sumR;
        imaginary[to + 1] = nearI + sumI;
        real[to + 5] = nearR - sumR;
        imaginary[to + 5] = nearI - sumI;
        float farR = ar - bi;
        float farI = ai + br;
        float turnedR = c8i - d8i;
        float turnedI = d8r - c8r;
        real[to + 3] = farR + turnedR;
        imaginary[to + 3] = farI + turnedI;
        real[to + 7] = farR - turnedR;
        imaginary[to + 7] = farI - turnedI;
    }

    /** Joins four transforms of {@code length} that stand one behind the other into one. */
    private void four(int start, int length, Twiddles turn) {
        float[] re = real;
        float[] im = imaginary;
        for (int j = 0; j < length; j++) {
            int a = start + j;
            int b = a + length;
            int c = b + length;
            int d = c + length;
            float br = re[b] * turn.cos1[j] - im[b] * turn.sin1[j];
            float bi = re[b] * turn.sin1[j] + im[b] * turn.cos1[j];
            float cr = re[c] * turn.cos2[j] - im[c] * turn.sin2[j];
            float ci = re[c] * turn.sin2[j] + im[c] * turn.cos2[j];
            float dr = re[d] * turn.cos3[j] - im[d] * turn.sin3[j];
            float di = re[d] * turn.sin3[j] + im[d] * turn.cos3[j];
            float evenR = re[a] + cr;
            float evenI = im[a] + ci;
            float oddR = re[a] - cr;
            float oddI = im[a] - ci;
            float sumR = br + dr;
            float sumI = bi + di;
            float differenceR = br - dr;
            float differenceI = bi - di;
            re[a] = evenR + sumR;
            im[a] = evenI + sumI;
            re[c] = evenR - sumR;
            im[c] = evenI - sumI;
            re[b] = oddR + differenceI;
            im[b] = oddI - differenceR;
            re[d] = oddR - differenceI;
            im[d] = oddI + differenceR;
        }
    }
}
