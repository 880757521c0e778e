package io.trunkline.media.dtmf;

/**
 * Named events to presses, each exactly once (RFC 4733 section 2.5.2): with or without marker bits, with lost, repeated
 * or late packets. A press is what shares a timestamp; it ends with its end packet, with the next press, or when
 * nothing more of it has come for a while.
 */
public final class TelephoneEventReceiver {
    /** A sender repeats an event every 20 to 100 ms while it lasts. */
    static final long SILENT_END_MS = 200;

    private static final int PAYLOAD = 4;
    /** Section 2.5.1.3: where one packet's duration ends, the next segment begins. */
    private static final int LONGEST_SEGMENT = 0xFFFF;

    private final int clockRate;
    private final DigitListener listener;

    private boolean pressed;
    private boolean anyBefore;
    private int event;
    private int start;
    private int duration;
    /** Length of the segments of this press before the current one. */
    private int earlier;

    private long lastHeardMs;

    public TelephoneEventReceiver(int clockRate, DigitListener listener) {
        this.clockRate = clockRate;
        this.listener = listener;
    }

    /** A packet of the negotiated payload type; {@code timestamp} is its RTP timestamp. */
    public void onPacket(byte[] payload, int offset, int length, boolean marker, int timestamp, long nowMs) {
        if (length < PAYLOAD || !Digits.isEvent(payload[offset] & 0xFF)) {
            return;
        }
        int code = payload[offset] & 0xFF;
        boolean end = (payload[offset + 1] & 0x80) != 0;
        int length16 = (payload[offset + 2] & 0xFF) << 8 | (payload[offset + 3] & 0xFF);
        if (anyBefore && isOld(code, timestamp, length16)) {
            return;
        }
        if (!pressed || !continues(code, marker, timestamp, length16)) {
            begin(code, timestamp);
        }
        duration = Math.max(duration, length16);
        lastHeardMs = nowMs;
        if (end) {
            finish();
        }
    }

    /** Ends a press whose end never came. */
    public void onTick(long nowMs) {
        if (pressed && nowMs - lastHeardMs > SILENT_END_MS) {
            finish();
        }
    }

    /** Before the current press, or within the one that has ended: a repetition or a late packet. */
    private boolean isOld(int code, int timestamp, int length16) {
        int since = timestamp - start;
        if (since < 0) {
            return true;
        }
        return !pressed && (since == 0 || (code == event && since < duration && length16 >= since));
    }

    private boolean continues(int code, boolean marker, int timestamp, int length16) {
        if (code != event) {
            return false;
        }
        int since = timestamp - start;
        if (since == 0) {
            return true;
        }
        if (since == LONGEST_SEGMENT && duration > LONGEST_SEGMENT - clockRate / 5 && !marker) {
            earlier += LONGEST_SEGMENT;
            duration = 0;
            start = timestamp;
            return true;
        }
        // some senders let the timestamp run on with the duration
        return !marker && length16 > duration && since <= length16;
    }

    private void begin(int code, int timestamp) {
        if (pressed) {
            finish();
        }
        pressed = true;
        anyBefore = true;
        event = code;
        start = timestamp;
        duration = 0;
        earlier = 0;
    }

    private void finish() {
        pressed = false;
        listener.onDigit(Digits.digit(event), (int) ((earlier + duration) * 1000L / clockRate));
    }
}
