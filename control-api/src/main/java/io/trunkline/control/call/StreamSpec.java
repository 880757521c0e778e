package io.trunkline.control.call;

import java.util.Map;
import java.util.Optional;

/**
 * A live stream that somebody asked for.
 *
 * @param url where the program listens; empty when it comes to us
 * @param protocol the wire it speaks, such as {@code twilio}
 * @param twoWay whether it is heard in the call
 * @param speechEvents the callee's speech stands in the call's log
 * @param encoding {@code mulaw}, {@code alaw} or {@code l16}; empty: the protocol's own
 * @param sampleRate in Hz; empty: the protocol's own
 * @param headers of the handshake
 * @param parameters handed to the program with the first message
 */
public record StreamSpec(
        Optional<String> url,
        String protocol,
        Track track,
        boolean twoWay,
        boolean speechEvents,
        Optional<String> encoding,
        Optional<Integer> sampleRate,
        Map<String, String> headers,
        Map<String, Object> parameters) {

    /** Whose voice is sent. */
    public enum Track {
        INBOUND,
        OUTBOUND,
        BOTH;

        public boolean inbound() {
            return this != OUTBOUND;
        }

        public boolean outbound() {
            return this != INBOUND;
        }
    }

    public StreamSpec {
        headers = Map.copyOf(headers);
    }
}
