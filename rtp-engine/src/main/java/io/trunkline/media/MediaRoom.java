package io.trunkline.media;

/**
 * Three and more sessions that hear each other. Like a session it belongs to one controlling thread and only enqueues; a
 * session that is added while bridged leaves its bridge, one that is closed leaves by itself.
 */
public interface MediaRoom {
    /** Moves the session to the room's loop if it lives on another, and seats it. */
    void add(MediaSession session);

    void remove(MediaSession session);

    /** Everyone leaves; their calls go on. */
    void close();
}
