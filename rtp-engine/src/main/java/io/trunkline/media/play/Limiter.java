package io.trunkline.media.play;

/**
 * Gain that never clips: where the louder signal would pass −1 dBFS it is turned down at once and comes back over
 * 50 ms. In place, without garbage: for files and frames alike.
 */
public final class Limiter {
    private static final float CEILING = 29_204;
    private static final double RELEASE_SECONDS = 0.05;

    private final float release;
    private float gain;
    private float reduction = 1;

    public Limiter(int sampleRate, double gainDb) {
        release = (float) (1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate)));
        gain(gainDb);
    }

    public void gain(double decibels) {
        gain = (float) Math.pow(10, Math.clamp(decibels, -96, 40) / 20);
    }

    public void process(short[] samples, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            float wanted = samples[i] * gain;
            float peak = Math.abs(wanted);
            reduction += (1 - reduction) * release;
            if (peak * reduction > CEILING) {
                reduction = CEILING / peak;
            }
            samples[i] = (short) Math.round(wanted * reduction);
        }
    }
}
