package io.trunkline.control.call;

import io.trunkline.sip.TraceEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The SIP traces of the calls that ended last; past the bound the oldest is forgotten. */
final class EndedTraces {
    private static final int CALLS = 1_000;

    private final Map<String, List<TraceEntry>> kept = new LinkedHashMap<>();

    synchronized void keep(String callId, List<TraceEntry> trace) {
        kept.put(callId, List.copyOf(trace));
        if (kept.size() > CALLS) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    synchronized List<TraceEntry> of(String callId) {
        return kept.getOrDefault(callId, List.of());
    }
}
