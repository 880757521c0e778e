package io.trunkline.media.testing;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects a leg's events and waits for one. */
public final class EventLog implements MediaListener {
    private final List<MediaEvent> events = new ArrayList<>();

    @Override
    public synchronized void onMediaEvent(String sessionId, MediaEvent event) {
        events.add(event);
        notifyAll();
    }

    public synchronized List<MediaEvent> all() {
        return List.copyOf(events);
    }

    public synchronized <E extends MediaEvent> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public <E extends MediaEvent> E await(Class<E> type) {
        return await(type, event -> true);
    }

    /** The first event of a type that fits, within ten seconds. */
    public synchronized <E extends MediaEvent> E await(Class<E> type, Predicate<E> fits) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            for (E event : of(type)) {
                if (fits.test(event)) {
                    return event;
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no " + type.getSimpleName() + " among " + events);
            }
            waitFor(left);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its caller loops
    private void waitFor(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
