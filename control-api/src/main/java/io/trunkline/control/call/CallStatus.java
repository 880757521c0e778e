package io.trunkline.control.call;

import java.util.Locale;

/** Where a call stands; everything from {@code BUSY} on is final. */
public enum CallStatus {
    QUEUED,
    DIALING,
    RINGING,
    EARLY_MEDIA,
    IN_PROGRESS,
    BUSY,
    NO_ANSWER,
    REJECTED,
    CANCELLED,
    COMPLETED,
    FAILED;

    public boolean ended() {
        return compareTo(BUSY) >= 0;
    }

    /** As the API writes it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
