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
        }
        for (int band = 0; band < bands; band++) {
            follow(band, decibels[band]);
        }
        started = true;
    }

    private void follow(int band, float decibels) {
        smoothed[band] = started ? smoothed[band] + SMOOTHING * (decibels - smoothed[band]) : decibels;
        minima[current][band] = Math.min(minima[current][band], smoothed[band]);
        float least = NONE;
        for (float[] each : minima) {
            least = Math.min(least, each[band]);
        }
        floor[band] = least;
    }
}
