package io.trunkline.control.call;

import java.util.Locale;

/** Seen from us. */
public enum CallDirection {
    OUTBOUND,
    INBOUND;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
