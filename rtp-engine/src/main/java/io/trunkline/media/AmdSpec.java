package io.trunkline.media;

import java.time.Duration;

/**
 * How the detector decides.
 *
 * @param threshold act at this confidence
 * @param decideWithin or this long after speech starts, with what is known then; where nobody speaks, no later than this after
 *     the answer
 * @param hypotheses report its running estimate every 200 ms
 */
public record AmdSpec(double threshold, Duration decideWithin, boolean hypotheses) {
    public static final AmdSpec DEFAULT = new AmdSpec(0.95, Duration.ofSeconds(6), false);
}
