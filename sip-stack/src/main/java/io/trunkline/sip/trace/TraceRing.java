package io.trunkline.sip.trace;

import io.trunkline.sip.TraceEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The messages of one call. When full the oldest give way, save the first, which says what was asked. */
public final class TraceRing {
    private static final int MOST_MESSAGES = 200;
    private static final int LONGEST_MESSAGE = 16_384;

    private final Deque<TraceEntry> entries = new ArrayDeque<>();

    public synchronized void add(TraceEntry entry) {
        if (entries.size() == MOST_MESSAGES) {
            TraceEntry first = entries.removeFirst();
            entries.removeFirst();
            entries.addFirst(first);
        }
        entries.addLast(masked(entry));
    }

    public synchronized List<TraceEntry> entries() {
        return List.copyOf(entries);
    }

    private static TraceEntry masked(TraceEntry entry) {
        String text = entry.message();
        String head = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
        return new TraceEntry(
                entry.at(), entry.sent(), entry.transport(), entry.local(), entry.remote(), Masking.mask(head));
    }
}
