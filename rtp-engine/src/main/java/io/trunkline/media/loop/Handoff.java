package io.trunkline.media.loop;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Objects on their way from one thread to one other: bounded, without a lock and without garbage. */
public final class Handoff<T> {
    private final AtomicReferenceArray<@Nullable T> items;
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    public Handoff(int capacity) {
        items = new AtomicReferenceArray<>(capacity);
    }

    /** False when full: the sender keeps it. */
    public boolean offer(T item) {
        return offer(item, 0);
    }

    /** False when fewer than {@code spare} places would stay free for what matters more. */
    public boolean offer(T item, int spare) {
        long end = put.get();
        if (end - taken.get() >= items.length() - spare) {
            return false;
        }
        items.setPlain((int) (end % items.length()), item);
        put.lazySet(end + 1);
        return true;
    }

    /** How many are on their way. */
    public int size() {
        return (int) (put.get() - taken.get());
    }

    public @Nullable T poll() {
        long start = taken.get();
        if (start == put.get()) {
            return null;
        }
        int place = (int) (start % items.length());
        T item = items.getPlain(place);
        items.setPlain(place, null);
        taken.lazySet(start + 1);
        return item;
    }
}
