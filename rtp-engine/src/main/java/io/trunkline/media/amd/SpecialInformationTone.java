package io.trunkline.media.amd;

/** Three rising tones of about a third of a second each (ITU-T E.180): two of them in order are enough. */
final class SpecialInformationTone {
    private static final int MOST_GAP_MS = 150;

    private int heard;
    private long lastEndMs;

    /** Whether this frame completed it. */
    boolean update(ToneTracker tones) {
        if (!tones.ended()) {
            return false;
        }
        ToneRun run = tones.finished();
        if (!LineSignals.between(run.lengthMs(), 200, 480)) {
            heard = 0;
            return false;
        }
        int step = step(run.hertz());
        boolean follows = step > 0 && step == heard + 1 && run.onsetMs() - lastEndMs < MOST_GAP_MS;
        heard = step == 1 || follows ? step : step == 2 ? 2 : 0;
        lastEndMs = run.endMs();
        return follows && step >= 2;
    }

    private static int step(float hertz) {
        return LineSignals.between(hertz, 890, 1010)
                ? 1
                : LineSignals.between(hertz, 1345, 1455) ? 2 : LineSignals.between(hertz, 1740, 1815) ? 3 : 0;
    }
}
