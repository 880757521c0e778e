package io.trunkline.media.amd;

import org.jspecify.annotations.Nullable;

/** Tones that come and go evenly: busy, reorder, ringback. Two equal ones make a cadence. */
final class CadenceRule {
    private static final float LOW_HZ = 330;
    private static final float HIGH_HZ = 660;
    private static final int UNEVEN_MS = 70;

    private float lastHertz;
    private int lastLengthMs;
    private int lastEndMs;
    private int even;
    private boolean rang;
    private int rangEndMs;

    /** The meaning in words once there is one. */
    @Nullable
    String update(int frame, ToneTracker tones) {
        if (!tones.ended()) {
            return null;
        }
        ToneRun run = tones.finished();
        if (!LineSignals.between(run.lowHertz(), LOW_HZ, HIGH_HZ) || run.lengthMs() < 100) {
            return null;
        }
        int gap = run.onsetMs() - lastEndMs;
        boolean repeats = LineSignals.same(run.lowHertz(), lastHertz)
                && Math.abs(run.lengthMs() - lastLengthMs) < UNEVEN_MS
                && LineSignals.between(gap, 100, 800);
        String meaning = repeats ? evenly(run.lengthMs(), gap) : rings(run);
        even = repeats ? even + 1 : 0;
        lastHertz = run.lowHertz();
        lastLengthMs = run.lengthMs();
        lastEndMs = run.endMs();
        return meaning;
    }

    private @Nullable String evenly(int length, int gap) {
        // British ringback is two bursts of 0.4 s with 0.2 s between them: uneven, and so not this
        if (Math.abs(length - gap) > UNEVEN_MS + 30 || even < 1) {
            return null;
        }
        return length < 320 ? "reorder tone: the network could not take the call" : "busy tone";
    }

    private @Nullable String rings(ToneRun run) {
        boolean ring = run.lengthMs() >= 350 && run.lengthMs() < 2800;
        boolean again = rang && ring && run.onsetMs() - rangEndMs > 1200;
        if (ring) {
            rang = true;
            rangEndMs = run.endMs();
        }
        return again ? "ringback tone: it rings on after the answer" : null;
    }
}
