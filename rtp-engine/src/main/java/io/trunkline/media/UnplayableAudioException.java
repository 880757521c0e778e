package io.trunkline.media;

import java.io.IOException;

/** The bytes cannot be played; the message says what is wrong with them, for whoever sent them. */
public final class UnplayableAudioException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, in a stable word. */
    public enum Reason {
        NOT_AUDIO,
        EMPTY,
        TRUNCATED,
        UNSUPPORTED,
        TOO_LONG
    }

    private final Reason reason;

    public UnplayableAudioException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
