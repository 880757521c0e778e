package io.trunkline.control.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent has said, item by item, along the one line of everything that was ever queued: so that an interruption
 * can say exactly how much of which item was heard.
 */
final class SpokenItems {
    private static final int REMEMBERED = 64;

    private final int sampleRate;
    private final Deque<Item> items = new ArrayDeque<>();
    private final Set<String> interrupted = new HashSet<>();
    private long queuedSamples;

    SpokenItems(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    private static final class Item {
        private final String id;
        private final int contentIndex;
        private final long start;
        private long length;

        Item(String id, int contentIndex, long start) {
            this.id = id;
            this.contentIndex = contentIndex;
            this.start = start;
        }
    }

    /** An item that was not heard to its end. */
    record Cut(String itemId, int contentIndex, long heardMs) {}

    /** Whether sound of this item is still wanted. */
    boolean wants(String itemId) {
        return !interrupted.contains(itemId);
    }

    void queued(String itemId, int contentIndex, int samples) {
        Item last = items.peekLast();
        if (last == null || !last.id.equals(itemId)) {
            last = new Item(itemId, contentIndex, queuedSamples);
            items.add(last);
            if (items.size() > REMEMBERED) {
                interrupted.remove(items.removeFirst().id);
            }
        }
        last.length += samples;
        queuedSamples += samples;
    }

    /** What never reached the queue. */
    void withdrawn(int samples) {
        queuedSamples -= samples;
    }

    /** Nobody who knows these items is there any more: none of them will be told as cut. */
    void forget() {
        items.forEach(item -> item.length = 0);
        items.forEach(item -> interrupted.add(item.id));
    }

    /** No more of what is queued now is wanted. */
    void interrupt() {
        items.forEach(item -> interrupted.add(item.id));
    }

    /** The latest item, if any: the one that is being said or was last. */
    Optional<String> latest() {
        return Optional.ofNullable(items.peekLast()).map(item -> item.id);
    }

    /** Playing stopped at {@code reachedMs} along the line: which items were cut, and where. */
    List<Cut> cutAt(long reachedMs) {
        long reached = reachedMs * sampleRate / 1000;
        List<Cut> cuts = new ArrayList<>();
        for (Item item : items) {
            if (item.start + item.length > reached && item.length > 0) {
                long heard = Math.clamp(reached - item.start, 0, item.length);
                cuts.add(new Cut(item.id, item.contentIndex, heard * 1000 / sampleRate));
                item.length = 0; // told once
            }
        }
        return cuts;
    }
}
