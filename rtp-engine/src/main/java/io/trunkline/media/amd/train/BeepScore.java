package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import java.util.ArrayList;
import java.util.List;

/** How many beeps were found and how many found were real. Tones and faxes do not count: they beep in their own way. */
public final class BeepScore {
    private static final int TOLERANCE_MS = 100;

    private final List<Long> onsetErrors = new ArrayList<>();
    private final List<Long> afterEnd = new ArrayList<>();
    private int real;
    private int reported;

    public BeepScore(List<Outcome> outcomes) {
        for (Outcome each : outcomes) {
            AmdVerdict label = each.clip().label();
            if (label != AmdVerdict.FAX && label != AmdVerdict.TONE) {
                count(each);
            }
        }
    }

    private void count(Outcome outcome) {
        real += outcome.clip().beeps().isEmpty() ? 0 : 1;
        long onset = outcome.result().beepMs();
        if (onset < 0) {
            return;
        }
        reported++;
        for (Clip.Beep beep : outcome.clip().beeps()) {
            if (Math.abs(onset - beep.onsetMs()) <= TOLERANCE_MS) {
                onsetErrors.add(Math.abs(onset - beep.onsetMs()));
                afterEnd.add(outcome.result().beepEmittedMs() - beep.onsetMs() - beep.lengthMs());
                return;
            }
        }
    }

    public double recall() {
        return real == 0 ? Double.NaN : 100.0 * onsetErrors.size() / real;
    }

    public double precision() {
        return reported == 0 ? Double.NaN : 100.0 * onsetErrors.size() / reported;
    }

    String table() {
        StringBuilder out = new StringBuilder();
        out.append("beeps %d: recall %.1f %%, precision %.1f %%%n".formatted(real, recall(), precision()));
        out.append("beep onset error: median %d ms, 95 %% %d ms; told after its end: median %d ms, 95 %% %d ms%n"
                .formatted(
                        Score.percentile(onsetErrors, 50),
                        Score.percentile(onsetErrors, 95),
                        Score.percentile(afterEnd, 50),
                        Score.percentile(afterEnd, 95)));
        return out.toString();
    }
}
