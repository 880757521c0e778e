package io.trunkline.media.amd;

/** Cuts any run of samples into windows of 32 ms that advance by 10 ms. */
final class Framer {
    static final int SAMPLE_RATE = 8000;
    static final int HOP = 80;
    static final int HOP_MS = 10;
    static final int WINDOW = Spectrum.SIZE;

    private final float[] window = new float[WINDOW];
    private int fresh;
    private long samples;

    /** Takes samples up to the end of the next hop, and says how many it took. */
    int take(short[] pcm, int offset, int length) {
        if (fresh == 0) {
            System.arraycopy(window, HOP, window, 0, WINDOW - HOP);
        }
        int taken = Math.min(length, HOP - fresh);
        int at = WINDOW - HOP + fresh;
        for (int i = 0; i < taken; i++) {
            window[at + i] = pcm[offset + i];
        }
        fresh += taken;
        samples += taken;
        return taken;
    }

    /** Whether the hop is complete; asking starts the next one. */
    boolean complete() {
        if (fresh < HOP) {
            return false;
        }
        fresh = 0;
        return true;
    }

    /** The last 256 samples, oldest first. */
    float[] window() {
        return window;
    }

    long milliseconds() {
        return samples * 1000 / SAMPLE_RATE;
    }
}
