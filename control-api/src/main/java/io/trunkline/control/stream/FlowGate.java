package io.trunkline.control.stream;

import io.trunkline.media.AudioFeed;
import org.jspecify.annotations.Nullable;

/**
 * Back-pressure towards the program: asked to hold back when much is queued, by the protocol's own words; no longer read
 * from at all when the queue is full, so that nothing is lost and TCP makes it wait.
 */
final class FlowGate {
    /** Asterisk's own high water: 900 frames of 20 ms. */
    private static final long HIGH_MS = 18_000;

    private static final long LOW_MS = 10_000;

    private final AudioFeed feed;
    private boolean askedToHoldBack;
    private boolean full;

    FlowGate(AudioFeed feed) {
        this.feed = feed;
    }

    void overflow(@Nullable StreamSocket socket) {
        full = true;
        if (socket != null) {
            socket.holdBack(true);
        }
    }

    /** @param room all that was said so far has found its place */
    void turn(boolean room, StreamSocket socket, StreamProtocol protocol) {
        if (full && room) {
            full = false;
            socket.holdBack(false);
        }
        long waiting = feed.waitingMs();
        if (!askedToHoldBack && waiting > HIGH_MS) {
            askedToHoldBack = true;
            protocol.flow(socket, false);
        } else if (askedToHoldBack && waiting < LOW_MS) {
            askedToHoldBack = false;
            protocol.flow(socket, true);
        }
    }
}
