package io.trunkline.control.events;

/** Where a feed's events go: a connection that can say that it has had enough for now. */
public interface FeedSink {
    void send(String eventId, String type, String body);

    boolean full();

    /** Calls back once, when there is room again. */
    void whenDrained(Runnable ready);

    /** The database cannot be read; the client comes back with what it saw last. */
    void fail();
}
