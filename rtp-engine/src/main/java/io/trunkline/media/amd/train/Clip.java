package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import java.nio.file.Path;
import java.util.List;

/**
 * One labelled call.
 *
 * @param subtype a finer name than the label, for the report
 * @param voiceGroup clips of one voice share it, so that a test can hold the voice back
 * @param textGroup clips of one text share it
 * @param turns when the far side speaks, milliseconds from and to
 * @param greetingEndMs where a machine's greeting ends, -1 if unknown
 */
public record Clip(
        Path file,
        String name,
        AmdVerdict label,
        String subtype,
        String voiceGroup,
        String textGroup,
        int lengthMs,
        List<int[]> turns,
        int greetingEndMs,
        List<Beep> beeps) {
    /** A beep that is really there. */
    public record Beep(int onsetMs, double frequencyHz, int lengthMs) {}

    public boolean spoken() {
        return (label == AmdVerdict.HUMAN || label == AmdVerdict.MACHINE) && !turns.isEmpty();
    }

    public int speechStartMs() {
        return turns.isEmpty() ? -1 : turns.getFirst()[0];
    }

    public int firstTurnEndMs() {
        return turns.isEmpty() ? -1 : turns.getFirst()[1];
    }

    boolean speaksAt(double ms) {
        for (int[] turn : turns) {
            if (ms >= turn[0] && ms < turn[1]) {
                return true;
            }
        }
        return false;
    }
}
