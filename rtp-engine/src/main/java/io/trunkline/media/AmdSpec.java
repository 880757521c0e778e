package io.trunkline.media;

import java.time.Duration;

/**
 * How the detector decides.
 *
 * @param threshold act at this confidence
 * @param decideWithin or at this time with what is known
 * @param hypotheses report its running estimate every 200 ms
 */
public record AmdSpec(double threshold, Duration decideWithin, boolean hypotheses) {
    public static final AmdSpec DEFAULT = new AmdSpec(0.95, Duration.ofSeconds(4), false);
}
