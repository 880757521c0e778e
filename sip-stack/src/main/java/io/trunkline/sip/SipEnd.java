package io.trunkline.sip;

import java.util.Map;
import java.util.Optional;

/**
 * How a call ended, as the carrier said it.
 *
 * @param fault whose it is
 * @param reason a stable word for machines
 * @param sipCode the final status, 0 where none came
 * @param phrase the carrier's words
 * @param q850 from a Reason header
 * @param warning from a Warning header
 * @param answered whether a 200 was seen
 * @param mayTryElsewhere true only where another trunk may be tried without ringing a person twice
 * @param headers those of the peer's last word, its BYE or its refusal
 */
public record SipEnd(
        Fault fault,
        Reason reason,
        int sipCode,
        String phrase,
        Optional<Integer> q850,
        Optional<String> warning,
        boolean answered,
        boolean mayTryElsewhere,
        Map<String, String> headers) {

    /** An end without a last word of the peer's. */
    public SipEnd(
            Fault fault,
            Reason reason,
            int sipCode,
            String phrase,
            Optional<Integer> q850,
            Optional<String> warning,
            boolean answered,
            boolean mayTryElsewhere) {
        this(fault, reason, sipCode, phrase, q850, warning, answered, mayTryElsewhere, Map.of());
    }

    /** Whose fault it is. */
    public enum Fault {
        OURS,
        THEIRS,
        NETWORK,
        CALLER
    }

    /** Stable reasons; the API shows them in lower case. */
    public enum Reason {
        /** We hung up (API, script, limit). */
        HANGUP_LOCAL,
        /** The far side hung up after an answer. */
        HANGUP_REMOTE,
        CANCELLED,
        RING_TIMEOUT,
        BUSY,
        DECLINED,
        NO_ANSWER,
        NOT_FOUND,
        FORBIDDEN,
        /** The person called has not allowed this business to call (WhatsApp). */
        NO_PERMISSION,
        /** The carrier's own limit of calls to this person or in this time. */
        LIMIT_REACHED,
        /** A call between the two is up or being set up already. */
        DUPLICATE_CALL,
        /** The host of our From is not the one the carrier has on file. */
        HOST_MISMATCH,
        /** The carrier heard no media. */
        MEDIA_TIMEOUT,
        AUTH_FAILED,
        NOT_ACCEPTABLE,
        TRUNK_UNREACHABLE,
        TLS_FAILED,
        TRUNK_ERROR,
        REDIRECTED,
        SESSION_EXPIRED,
        BAD_REQUEST,
        INTERNAL
    }
}
