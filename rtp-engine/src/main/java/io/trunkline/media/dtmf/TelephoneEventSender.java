package io.trunkline.media.dtmf;

/**
 * Presses to named events (RFC 4733 section 2.5.1): asked once a packet interval, it says whether an event packet goes
 * out instead of audio. The timestamp is frozen at the start of a press, its first packet carries the marker, its last
 * is sent three times.
 */
public final class TelephoneEventSender {
    public static final int PAYLOAD = 4;
    private static final int END_REPETITIONS = 3;
    /** −10 dBm0. */
    private static final int VOLUME = 10;

    private final int clockRate;
    private final int ptimeMs;
    private final int toneMs;
    private final int gapMs;
    private final DigitQueue queue = new DigitQueue();

    private char digit = DigitQueue.NONE;
    private int elapsedMs;
    private int ends;
    private int waitMs;
    private boolean marker;
    private int timestamp;

    /**
     * @param clockRate of the telephone-event format: the unit of its durations
     * @param toneMs a press, at most a second
     */
    public TelephoneEventSender(int clockRate, int ptimeMs, int toneMs, int gapMs) {
        this.clockRate = clockRate;
        this.ptimeMs = ptimeMs;
        this.toneMs = Math.clamp(toneMs, ptimeMs, 1000);
        this.gapMs = gapMs;
    }

    /** Queues digits; false when one of them is none or the queue is full, and then nothing is queued. */
    public boolean enqueue(String digits) {
        return queue.offer(digits);
    }

    public boolean isIdle() {
        return digit == DigitQueue.NONE && queue.isEmpty() && waitMs <= 0;
    }

    /**
     * One packet interval: true when {@code out} holds an event to send with {@link #marker} and {@link #timestamp}.
     *
     * @param now the RTP timestamp that audio would have
     */
    public boolean next(int now, byte[] out, int offset) {
        if (digit == DigitQueue.NONE && !begin(now)) {
            return false;
        }
        marker = elapsedMs == 0 && ends == 0;
        elapsedMs = Math.min(elapsedMs + ptimeMs, toneMs);
        boolean ending = elapsedMs == toneMs;
        write(out, offset, ending);
        if (ending && ++ends == END_REPETITIONS) {
            digit = DigitQueue.NONE;
            waitMs = gapMs;
        }
        return true;
    }

    public boolean marker() {
        return marker;
    }

    public int timestamp() {
        return timestamp;
    }

    private boolean begin(int now) {
        if (waitMs > 0) {
            waitMs -= ptimeMs;
            return false;
        }
        char next = queue.poll();
        if (next == DigitQueue.PAUSE) {
            waitMs = DigitQueue.PAUSE_MS - ptimeMs;
            return false;
        }
        digit = next;
        timestamp = now;
        elapsedMs = 0;
        ends = 0;
        return next != DigitQueue.NONE;
    }

    private void write(byte[] out, int offset, boolean ending) {
        int duration = (int) ((long) elapsedMs * clockRate / 1000);
        out[offset] = (byte) Digits.event(digit);
        out[offset + 1] = (byte) ((ending ? 0x80 : 0) | VOLUME);
        out[offset + 2] = (byte) (duration >> 8);
        out[offset + 3] = (byte) duration;
    }
}
