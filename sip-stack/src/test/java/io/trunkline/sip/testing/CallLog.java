package io.trunkline.sip.testing;

import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps the events of one call and lets a test wait for them. */
public final class CallLog implements SipCallListener {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<SipEvent> events = new ArrayList<>();
    private int read;

    @Override
    public synchronized void onSipEvent(SipCall call, SipEvent event) {
        events.add(event);
        notifyAll();
    }

    /** The next event of this kind after the last one awaited; what comes between is skipped. */
    public <E extends SipEvent> E await(Class<E> kind) {
        return await(kind, PATIENCE);
    }

    public synchronized <E extends SipEvent> E await(Class<E> kind, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            while (read < events.size()) {
                SipEvent event = events.get(read++);
                if (kind.isInstance(event)) {
                    return kind.cast(event);
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("no " + kind.getSimpleName() + " within " + patience + "; got " + events);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    public SipEnd awaitEnd() {
        return await(SipEvent.Ended.class).end();
    }

    public synchronized List<SipEvent> events() {
        return List.copyOf(events);
    }

    public synchronized <E extends SipEvent> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
