package io.trunkline.media.amd;

import java.util.Arrays;

/**
 * The quietest that each band has been in the last 1.2 s, which in speech is its pauses: it needs no decision of what
 * is speech, follows a noise that starts within that time, and is there from the first frames. Frames without any sound
 * are passed over, since a peer that suppresses silence sends noise only along with speech.
 */
final class NoiseFloor {
    private static final int SUBWINDOWS = 8;
    private static final int SUBWINDOW_FRAMES = 15;
    private static final float SMOOTHING = 0.4f;
    private static final float NONE = Float.MAX_VALUE;

    private final int bands;
    private final float[][] minima;
    /** The least of the other subwindows. */
    private final float[] earlier;

    private final float[] smoothed;
    private final float[] floor;
    private int current;
    private int framesInCurrent;
    private boolean started;

    NoiseFloor(int bands) {
        this.bands = bands;
        minima = new float[SUBWINDOWS][bands];
        for (float[] each : minima) {
            Arrays.fill(each, NONE);
        }
        earlier = new float[bands];
        Arrays.fill(earlier, NONE);
        smoothed = new float[bands];
        floor = new float[bands];
        Arrays.fill(floor, MelBands.SILENT_DB);
    }

    float at(int band) {
        return floor[band];
    }

    void update(float[] decibels, boolean empty) {
        if (empty) {
            return;
        }
        if (++framesInCurrent > SUBWINDOW_FRAMES) {
            framesInCurrent = 1;
            current = (current + 1) % SUBWINDOWS;
            Arrays.fill(minima[current], NONE);
            remember();
        }
        if (!started) {
            System.arraycopy(decibels, 0, smoothed, 0, bands);
            started = true;
        }
        follow(decibels, minima[current]);
    }

    private void remember() {
        Arrays.fill(earlier, NONE);
        for (float[] each : minima) {
            for (int band = 0; band < bands; band++) {
                earlier[band] = Math.min(earlier[band], each[band]);
            }
        }
    }

    private void follow(float[] decibels, float[] least) {
        for (int band = 0; band < bands; band++) {
            float now = smoothed[band] + SMOOTHING * (decibels[band] - smoothed[band]);
            smoothed[band] = now;
            least[band] = Math.min(least[band], now);
            floor[band] = Math.min(earlier[band], least[band]);
        }
    }
}
