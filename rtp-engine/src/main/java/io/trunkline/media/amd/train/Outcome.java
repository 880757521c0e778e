package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Result;

/** A clip and what the detector said of it. */
public record Outcome(Clip clip, Result result) {
    /** What a call would have known: a verdict at the recording's end is none, since a live call has no end of file. */
    public AmdVerdict verdict() {
        boolean inTime = result.decidedMs() >= 0 && result.decidedMs() < clip.lengthMs();
        AmdVerdict said = inTime ? result.verdict() : AmdVerdict.UNKNOWN;
        return said == AmdVerdict.SCREENER ? AmdVerdict.MACHINE : said;
    }

    boolean right() {
        return verdict() == clip.label();
    }

    /** How long after speech began the verdict came. */
    long afterStartMs() {
        return result.decidedMs() - clip.speechStartMs();
    }

    long afterTurnMs() {
        return result.decidedMs() - clip.firstTurnEndMs();
    }
}
