package io.trunkline.control.events;

import io.trunkline.control.store.CommitListener;
import io.trunkline.control.store.Committed;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.Scope;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears of every commit and lets everyone know: feeds, the webhook sender, whoever else listens. */
public final class EventLog implements CommitListener {
    private static final int RECENT = 4096;

    private final Vertx vertx;
    private final EventQueries queries;
    private final RecentEvents recent = new RecentEvents(RECENT);
    private final Set<EventFeed> feeds = ConcurrentHashMap.newKeySet();
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

    private final boolean shared;

    public EventLog(Vertx vertx, EventQueries queries) {
        this(vertx, queries, false);
    }

    /** @param shared other nodes write the log, too: feeds read it from the database alone, which has it in order */
    public EventLog(Vertx vertx, EventQueries queries, boolean shared) {
        this.vertx = vertx;
        this.queries = queries;
        this.shared = shared;
    }

    /** Another node has written something. Any thread. */
    public void onNews() {
        feeds.forEach(EventFeed::onNews);
    }

    /** Also hears of every commit, on the writer's event loop: must only enqueue. */
    public void listen(CommitListener listener) {
        listeners.add(listener);
    }

    @Override
    public void onCommitted(List<Committed> events) {
        if (!events.isEmpty()) {
            if (!shared) {
                recent.add(events);
            }
            feeds.forEach(EventFeed::onNews);
            listeners.forEach(listener -> listener.onCommitted(events));
        }
    }

    /** A feed from after {@code position} on, on the calling event loop, until it is closed. */
    public EventFeed follow(Scope scope, long position, FeedSink sink) {
        EventFeed feed =
                new EventFeed(vertx.getOrCreateContext(), recent, queries, scope, position, sink, feeds::remove);
        feeds.add(feed);
        feed.onNews();
        return feed;
    }

    public int feeds() {
        return feeds.size();
    }
}
