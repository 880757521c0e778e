package io.trunkline.control.stream;

import io.trunkline.media.AudioFeed;

/** The feed of a party that only listens: takes all and says nothing. */
final class Mute implements AudioFeed {
    static final AudioFeed FEED = new Mute();

    private Mute() {}

    @Override
    public int offer(short[] samples, int offset, int length) {
        return length;
    }

    @Override
    public boolean mark(String name) {
        return false;
    }

    @Override
    public void clear() {
        // nothing is queued
    }

    @Override
    public void pause(boolean wanted) {
        // nothing is queued
    }

    @Override
    public long waitingMs() {
        return 0;
    }

    @Override
    public long playedMs() {
        return 0;
    }

    @Override
    public long clearedMs() {
        return 0;
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
