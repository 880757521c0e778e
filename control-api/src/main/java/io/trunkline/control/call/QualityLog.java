package io.trunkline.control.call;

import io.trunkline.media.LegStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How calls sounded over time. A call keeps at most {@value #SAMPLES} samples: when they are full every second one goes
 * and new ones come half as often, so that an hour costs no more than a minute. Of calls the latest are kept. Any thread.
 */
public final class QualityLog {
    static final int SAMPLES = 240;
    private static final int CALLS = 5_000;

    private final Map<String, Series> kept = new LinkedHashMap<>();

    /** The line as it was at a moment. */
    public record Sample(Instant at, LegStats stats) {}

    private static final class Series {
        private final List<Sample> samples = new ArrayList<>();
        private int every = 1;
        private int due = 1;

        void add(Sample sample) {
            if (--due > 0) {
                return;
            }
            due = every;
            samples.add(sample);
            if (samples.size() >= SAMPLES) {
                for (int i = samples.size() - 1; i > 0; i -= 2) {
                    samples.remove(i);
                }
                every *= 2; // the sample that filled it went too: the next is due by the old measure
            }
        }
    }

    synchronized void add(String callId, Instant at, LegStats stats) {
        kept.computeIfAbsent(callId, _ -> new Series()).add(new Sample(at, stats));
        if (kept.size() > CALLS) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    synchronized List<Sample> of(String callId) {
        Series series = kept.get(callId);
        return series == null ? List.of() : List.copyOf(series.samples);
    }
}
