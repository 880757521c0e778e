package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;

/** Nobody spoke for so long that nobody will; some people take three seconds to bring the phone to the ear. */
final class SilenceRule {
    private static final int LEAST_MS = 5000;

    private final long afterMs;

    SilenceRule(AmdSpec spec) {
        afterMs = Math.max(LEAST_MS, spec.decideWithin().toMillis());
    }

    boolean holds(long ms, Listening heard) {
        return ms >= afterMs && !heard.turns().started();
    }
}
