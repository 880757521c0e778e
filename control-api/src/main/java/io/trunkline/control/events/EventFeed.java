package io.trunkline.control.events;

import io.trunkline.control.store.Committed;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.EventQueries.StoredEvent;
import io.trunkline.control.store.Scope;
import io.vertx.core.Context;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One client's way through the log: a position and a sink. It takes what comes next from memory or, further back, from
 * the database, and no more than the client can swallow; a slow client falls behind and loses nothing.
 */
public final class EventFeed {
    private static final int PAGE = 200;

    private final Context loop;
    private final RecentEvents recent;
    private final EventQueries queries;
    private final Scope scope;
    private final FeedSink sink;
    private final Consumer<EventFeed> onClose;
    private final AtomicBoolean news = new AtomicBoolean();
    private long position;
    private boolean busy;
    private boolean closed;

    EventFeed(
            Context loop,
            RecentEvents recent,
            EventQueries queries,
            Scope scope,
            long position,
            FeedSink sink,
            Consumer<EventFeed> onClose) {
        this.loop = loop;
        this.recent = recent;
        this.queries = queries;
        this.scope = scope;
        this.position = position;
        this.sink = sink;
        this.onClose = onClose;
    }

    /** From any thread. */
    void onNews() {
        if (news.compareAndSet(false, true)) {
            loop.runOnContext(now -> pump());
        }
    }

    public void close() {
        closed = true;
        onClose.accept(this);
    }

    private void pump() {
        if (closed || busy) {
            return;
        }
        news.set(false);
        if (sink.full()) {
            busy = true;
            sink.whenDrained(this::resume);
            return;
        }
        Optional<List<Committed>> near = recent.after(position, PAGE);
        if (near.isPresent()) {
            sendRecent(near.get());
        } else {
            sendStored();
        }
    }

    private void resume() {
        busy = false;
        pump();
    }

    private void sendRecent(List<Committed> events) {
        for (Committed event : events) {
            var owner = event.event().call().owner();
            if (scope.sees(owner.accountId(), owner.applicationId())) {
                sink.send(event.event().id(), event.event().type(), event.body());
            }
            position = event.position();
        }
        if (events.size() == PAGE) {
            onNews();
        }
    }

    private void sendStored() {
        busy = true;
        long latest = recent.latest();
        queries.after(position, scope, PAGE).onComplete(read -> {
            busy = false;
            if (closed) {
                return;
            }
            if (read.failed()) {
                sink.fail();
                return;
            }
            for (StoredEvent event : read.result()) {
                sink.send(event.id(), event.type(), event.body());
                position = event.position();
            }
            if (read.result().size() < PAGE) {
                position = Math.max(position, latest); // all between was for other eyes
            }
            if (read.result().size() == PAGE || news.get()) {
                news.set(true);
                pump();
            }
        });
    }
}
