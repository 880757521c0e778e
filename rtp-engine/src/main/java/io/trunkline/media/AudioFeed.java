package io.trunkline.media;

/**
 * Live sound on its way into a leg: queued without loss up to its bound, taken by the media clock. One thread at a time
 * offers; everything takes effect in the order in which it was asked for, but {@link #clear}, which acts at the next
 * frame.
 */
public interface AudioFeed extends AutoCloseable {
    /** Queues mono PCM at the feed's rate and returns how many samples there was room for. */
    int offer(short[] samples, int offset, int length);

    /** Asks to be told when everything offered so far has been played; false when too many are waiting already. */
    boolean mark(String name);

    /** Drops what is queued, unheard; marks among it are told as such. */
    void clear();

    /** Holds what is queued, or goes on with it. */
    void pause(boolean wanted);

    /** What is queued and not yet played. */
    long waitingMs();

    /** What has left for the peer, in all. */
    long playedMs();

    /** What was dropped by {@link #clear}, in all. */
    long clearedMs();

    @Override
    void close();
}
