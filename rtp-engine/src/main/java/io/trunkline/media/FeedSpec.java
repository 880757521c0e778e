package io.trunkline.media;

import java.time.Duration;

/**
 * A live feed to be.
 *
 * @param sampleRate of what will be offered, a multiple of 8000
 * @param bound how much may wait
 */
public record FeedSpec(int sampleRate, Duration bound) {
    public FeedSpec {
        if (sampleRate < 8000 || sampleRate > 96_000 || sampleRate % 8000 != 0) {
            throw new IllegalArgumentException("no feed runs at " + sampleRate + " Hz");
        }
    }
}
