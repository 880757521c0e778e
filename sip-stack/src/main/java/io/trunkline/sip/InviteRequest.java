package io.trunkline.sip;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A call to place. Everything in it that a user wrote has been validated by the caller and is validated again here:
 * a value that could end a header or a URI is refused, never escaped into one.
 *
 * @param trunkId where it goes; its hosts are tried in order where that is right
 * @param to E.164 number or {@code sip:} URI
 * @param from caller id, E.164
 * @param callerName display name
 * @param privacy hide the caller id (RFC 3323)
 * @param sdp our offer, opaque
 * @param ringTimeout from the INVITE; CANCEL follows
 * @param headers extra headers
 */
public record InviteRequest(
        String trunkId,
        String to,
        String from,
        Optional<String> callerName,
        boolean privacy,
        String sdp,
        Duration ringTimeout,
        Map<String, String> headers) {}
