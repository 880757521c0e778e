package io.trunkline.media.amd;

/**
 * The power spectrum of 256 real samples, by a complex transform of half the size. Bins are 31.25 Hz wide and add up to
 * the window's mean square.
 */
final class Spectrum {
    static final int SIZE = 256;
    static final int BINS = SIZE / 2 + 1;
    static final float HZ_PER_BIN = 8000f / SIZE;

    private static final int HALF = SIZE / 2;
    private static final float[] HANN = new float[SIZE];
    private static final float[] COS = new float[HALF + 1];
    private static final float[] SIN = new float[HALF + 1];
    private static final int[] REVERSED = new int[HALF];
    private static final float SCALE;

    static {
        double energy = 0;
        for (int i = 0; i < SIZE; i++) {
            HANN[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / SIZE));
            energy += HANN[i] * HANN[i];
        }
        SCALE = (float) (2 / (energy * SIZE));
        for (int i = 0; i <= HALF; i++) {
            COS[i] = (float) Math.cos(2 * Math.PI * i / SIZE);
            SIN[i] = (float) -Math.sin(2 * Math.PI * i / SIZE);
        }
        for (int i = 0; i < HALF; i++) {
            REVERSED[i] = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(HALF) + 1);
        }
    }

    private final float[] real = new float[HALF];
    private final float[] imaginary = new float[HALF];
    private final float[] power = new float[BINS];
    private final float[] autocorrelation = new float[BINS];

    /** Power in bins 0 to 128 of the window last analysed. */
    float[] power() {
        return power;
    }

    void analyse(float[] samples) {
        for (int i = 0; i < HALF; i++) {
            int to = REVERSED[i];
            real[to] = samples[2 * i] * HANN[2 * i];
            imaginary[to] = samples[2 * i + 1] * HANN[2 * i + 1];
        }
        transform();
        for (int k = 0; k <= HALF; k++) {
            untangle(k);
        }
    }

    /**
     * The autocorrelation of the analysed window below {@code topBin}, from the amplitude rather than the power spectrum:
     * that flattens formants, so the peak is the pitch. Lag 0 is 1.
     */
    float[] autocorrelation(int lowBin, int topBin) {
        for (int i = 0; i < HALF; i++) {
            int to = REVERSED[i];
            real[to] = amplitude(2 * i, lowBin, topBin);
            imaginary[to] = amplitude(2 * i + 1, lowBin, topBin);
        }
        transform();
        for (int k = 0; k <= HALF; k++) {
            autocorrelation[k] = realPart(k);
        }
        float zero = Math.max(autocorrelation[0], 1e-9f);
        for (int k = 0; k <= HALF; k++) {
            autocorrelation[k] /= zero;
        }
        return autocorrelation;
    }

    private float amplitude(int index, int lowBin, int topBin) {
        int bin = index <= HALF ? index : SIZE - index;
        return bin < lowBin || bin >= topBin ? 0 : (float) Math.sqrt(power[bin]);
    }

    private void transform() {
        for (int size = 2; size <= HALF; size *= 2) {
            int half = size / 2;
            int step = SIZE / size;
            for (int start = 0; start < HALF; start += size) {
                for (int j = 0; j < half; j++) {
                    butterfly(start + j, start + j + half, j * step);
                }
            }
        }
    }

    private void butterfly(int a, int b, int turn) {
        float re = real[b] * COS[turn] - imaginary[b] * SIN[turn];
        float im = real[b] * SIN[turn] + imaginary[b] * COS[turn];
        real[b] = real[a] - re;
        imaginary[b] = imaginary[a] - im;
        real[a] += re;
        imaginary[a] += im;
    }

    private void untangle(int k) {
        int a = k & (HALF - 1);
        int b = (HALF - k) & (HALF - 1);
        float evenRe = (real[a] + real[b]) / 2;
        float evenIm = (imaginary[a] - imaginary[b]) / 2;
        float oddRe = (imaginary[a] + imaginary[b]) / 2;
        float oddIm = (real[b] - real[a]) / 2;
        float re = evenRe + oddRe * COS[k] - oddIm * SIN[k];
        float im = evenIm + oddRe * SIN[k] + oddIm * COS[k];
        power[k] = (re * re + im * im) * SCALE;
    }

    private float realPart(int k) {
        int a = k & (HALF - 1);
        int b = (HALF - k) & (HALF - 1);
        float oddRe = (imaginary[a] + imaginary[b]) / 2;
        float oddIm = (real[b] - real[a]) / 2;
        return (real[a] + real[b]) / 2 + oddRe * COS[k] - oddIm * SIN[k];
    }
}
