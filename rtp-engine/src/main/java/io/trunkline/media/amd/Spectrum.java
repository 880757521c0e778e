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
    private static final float[] COS = new float[HALF / 2 + 1];
    private static final float[] SIN = new float[HALF / 2 + 1];
    /** A quarter of the scale of a bin, whose halves are not halved before they are squared. */
    private static final float SCALE;

    static {
        double energy = 0;
        for (int i = 0; i < SIZE; i++) {
            HANN[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / SIZE));
            energy += HANN[i] * HANN[i];
        }
        SCALE = (float) (2 / (energy * SIZE) / 4);
        for (int i = 0; i <= HALF / 2; i++) {
            COS[i] = (float) Math.cos(2 * Math.PI * i / SIZE);
            SIN[i] = (float) -Math.sin(2 * Math.PI * i / SIZE);
        }
    }

    private final Fourier fourier = new Fourier();
    private final float[] power = new float[BINS];

    /** Power in bins 0 to 128 of the window last analysed. */
    float[] power() {
        return power;
    }

    void analyse(float[] samples) {
        fourier.transform(samples, HANN);
        untangle(fourier.real(), fourier.imaginary());
    }

    /** Even and odd samples were transformed as one number's two parts; a bin and its mirror image share the work. */
    private void untangle(float[] real, float[] imaginary) {
        float sum = real[0] + imaginary[0];
        float difference = real[0] - imaginary[0];
        power[0] = 4 * sum * sum * SCALE;
        power[HALF] = 4 * difference * difference * SCALE;
        for (int k = 1; k <= HALF / 2; k++) {
            int mirror = HALF - k;
            float evenRe = real[k] + real[mirror];
            float evenIm = imaginary[k] - imaginary[mirror];
            float oddRe = imaginary[k] + imaginary[mirror];
            float oddIm = real[mirror] - real[k];
            float turnedRe = oddRe * COS[k] - oddIm * SIN[k];
            float turnedIm = oddRe * SIN[k] + oddIm * COS[k];
            power[k] = square(evenRe + turnedRe, evenIm + turnedIm) * SCALE;
            power[mirror] = square(evenRe - turnedRe, evenIm - turnedIm) * SCALE;
        }
    }

    private static float square(float re, float im) {
        return re * re + im * im;
    }
}
