package io.trunkline.media.crypto;

/**
 * Which of the latest indices of one source have been used, and what a 16-bit sequence number means among them (RFC 3711
 * sections 3.3.1 and 3.3.2).
 */
final class ReplayWindow {
    static final long REFUSED = -1;
    private static final int WIDTH = 64;
    private static final int HALF = 0x8000;

    private boolean started;
    private long highest;
    private long used;

    /** The 48-bit index that {@code sequence} most likely has; {@link #REFUSED} before the stream's beginning. */
    long estimate(int sequence) {
        if (!started) {
            return sequence;
        }
        long rollover = highest >> 16;
        int last = (int) highest & 0xffff;
        if (sequence - last > HALF) {
            rollover--;
        } else if (last - sequence > HALF) {
            rollover++;
        }
        return rollover < 0 ? REFUSED : rollover << 16 | sequence;
    }

    /** Continues where another key's stream stood: a new key does not reset the roll-over counter. */
    void startAfter(ReplayWindow before) {
        started = before.started;
        highest = before.highest;
        used = before.used;
    }

    boolean isFresh(long index) {
        long behind = highest - index;
        return !started || behind < 0 || (behind < WIDTH && (used >> behind & 1) == 0);
    }

    void use(long index) {
        long ahead = index - highest;
        if (!started || ahead >= WIDTH) {
            started = true;
            highest = index;
            used = 1;
        } else if (ahead > 0) {
            highest = index;
            used = used << ahead | 1;
        } else {
            used |= 1L << -ahead;
        }
    }
}
