package io.trunkline.control.http;

import java.time.Duration;

/** What a client may send. */
final class Limits {
    static final int BODY = 1024 * 1024;
    /** Where a field takes audio as base64. */
    static final int AUDIO_BODY = 14 * 1024 * 1024;

    static final int HEADER = 16 * 1024;
    static final int AUDIO = 10 * 1024 * 1024;
    static final int SOCKET_FRAME = 1024 * 1024;
    /** Thirty seconds of L16 at 16 kHz in base64, and some. */
    static final int SOCKET_MESSAGE = 2 * 1024 * 1024;

    static final Duration HEADER_WITHIN = Duration.ofSeconds(15);
    static final Duration IDLE = Duration.ofSeconds(15);
    static final Duration WHOLE_BODY = Duration.ofSeconds(60);
    /** Bodies above this are parsed away from the event loop. */
    static final int LARGE = 128 * 1024;

    private Limits() {}
}
