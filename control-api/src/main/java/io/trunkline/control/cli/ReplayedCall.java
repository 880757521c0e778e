package io.trunkline.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdTrial;
import io.trunkline.media.AmdVerdict;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stored call of which somebody said who answered.
 *
 * @param label what was said
 * @param then what was detected in the call, {@code none} where nothing was asked for
 * @param now what would be, by threshold
 */
record ReplayedCall(String id, String trunk, AmdVerdict label, String then, Map<Double, AmdVerdict> now) {
    static ReplayedCall of(JsonNode call, short[] farSide, AmdTrial trial, Iterable<Double> thresholds) {
        Map<Double, AmdVerdict> now = new TreeMap<>();
        for (double threshold : thresholds) {
            AmdSpec spec = new AmdSpec(threshold, AmdSpec.DEFAULT.decideWithin(), false);
            now.put(threshold, trial.verdict(farSide, spec));
        }
        return new ReplayedCall(
                call.path("call_id").asText(),
                call.path("trunk").asText("none"),
                AmdVerdict.valueOf(call.path("label").asText().toUpperCase(Locale.ROOT)),
                call.path("amd").path("verdict").asText("none"),
                now);
    }

    AmdVerdict said(double threshold) {
        return now.getOrDefault(threshold, AmdVerdict.UNKNOWN);
    }

    boolean rightThen() {
        return then.equalsIgnoreCase(label.name());
    }

    /** A screener shows itself only later: at first a machine is right. */
    boolean right(double threshold) {
        AmdVerdict said = said(threshold);
        return said == label || (label == AmdVerdict.SCREENER && said == AmdVerdict.MACHINE);
    }

    boolean personLost(double threshold) {
        return label == AmdVerdict.HUMAN && said(threshold) == AmdVerdict.MACHINE;
    }
}
