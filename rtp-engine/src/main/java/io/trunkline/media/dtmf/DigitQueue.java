package io.trunkline.media.dtmf;

/** Digits that wait to be sent, {@code w} being half a second's pause. Bounded: what does not fit is refused whole. */
final class DigitQueue {
    private static final int CAPACITY = 256;
    static final char PAUSE = 'w';
    static final int PAUSE_MS = 500;
    static final char NONE = 0;

    private final char[] ring = new char[CAPACITY];
    private int head;
    private int size;

    /** Takes all of them or, when one is no digit or they do not fit, none. */
    boolean offer(String digits) {
        if (digits.length() > CAPACITY - size) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit != PAUSE && !Digits.isDigit(digit)) {
                return false;
            }
        }
        for (int i = 0; i < digits.length(); i++) {
            ring[(head + size++) % CAPACITY] = digits.charAt(i);
        }
        return true;
    }

    /** The next, or {@link #NONE}. */
    char poll() {
        if (size == 0) {
            return NONE;
        }
        char digit = ring[head];
        head = (head + 1) % CAPACITY;
        size--;
        return digit;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }
}
