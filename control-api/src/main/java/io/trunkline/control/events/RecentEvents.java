package io.trunkline.control.events;

import io.trunkline.control.store.Committed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last few thousand events in memory, so that feeds that keep up ask nothing of the database. When it is full the
 * oldest goes; a feed that fell behind it reads the database. Safe for use by several threads.
 */
final class RecentEvents {
    private final int capacity;
    private final ArrayDeque<Committed> events = new ArrayDeque<>();
    /** Everything after this position is here; negative while nothing was seen. */
    private long floor = -1;

    RecentEvents(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(List<Committed> fresh) {
        for (Committed event : fresh) {
            if (floor < 0) {
                floor = event.position() - 1;
            }
            events.addLast(event);
            if (events.size() > capacity) {
                floor = events.removeFirst().position();
            }
        }
    }

    /** The newest position seen; negative while nothing was. */
    synchronized long latest() {
        return events.isEmpty() ? -1 : events.getLast().position();
    }

    /** Events after a position, oldest first; empty when some of them are gone from here. */
    synchronized Optional<List<Committed>> after(long position, int limit) {
        if (floor < 0 || position < floor) {
            return Optional.empty();
        }
        List<Committed> found = new ArrayList<>();
        for (Committed event : events) {
            if (event.position() > position && found.size() < limit) {
                found.add(event);
            }
        }
        return Optional.of(found);
    }
}
