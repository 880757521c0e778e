package io.trunkline.media.loop;

/** What lives on a media loop: called on the loop's thread alone. */
public interface LoopMember {
    /** How often it wants its turn: 20, or 10 for packets whose length is no multiple of 20. */
    int tickMillis();

    /**
     * Its turn.
     *
     * @param tick the number of its interval since the loop began; a number left out is a tick that was skipped
     */
    void tick(long nowNanos, long tick);

    /** Between its turns, every millisecond, while it asked for that: only reads and relays. */
    void poll(long nowNanos);

    /** It threw; it is already off the loop. */
    void failed(Throwable cause);
}
