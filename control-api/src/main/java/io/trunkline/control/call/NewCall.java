package io.trunkline.control.call;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that somebody asked for, parsed and valid by syntax.
 *
 * @param callId ours, made by whoever received the request
 * @param from empty: the line's, the application's, the account's
 * @param program what it does once answered
 * @param record from the call's start, if at all
 * @param maxPricePerMinute a dearer rate is as good as none
 * @param ring a call that only rings: for so long, then it is cancelled
 */
public record NewCall(
        String callId,
        CallSnapshot.Owner owner,
        String to,
        Optional<String> from,
        Optional<String> line,
        Optional<String> trunk,
        Program program,
        Optional<Verb.StartRecording> record,
        Optional<AmdPolicy> amd,
        Optional<Duration> ring,
        Duration ringTimeout,
        Duration maxDuration,
        Duration mayQueue,
        boolean waitForDialing,
        CallSnapshot.Callback callback,
        Optional<String> sendDigits,
        Map<String, String> headers,
        Optional<String> callerName,
        boolean privacy,
        Optional<BigDecimal> maxPricePerMinute,
        Optional<String> tag,
        Map<String, Object> metadata,
        Optional<CallStore.IdempotencyKey> idempotency) {

    public static final Duration DEFAULT_RING_TIMEOUT = Duration.ofMinutes(1);
    public static final Duration DEFAULT_MAX_DURATION = Duration.ofHours(4);

    /** A browser that is part of the call from its start. */
    Optional<String> browserOffer() {
        return program.verbs().stream()
                .filter(Verb.Browser.class::isInstance)
                .flatMap(verb -> ((Verb.Browser) verb).sdpOffer().stream())
                .findFirst();
    }

    /**
     * What a call does.
     *
     * @param verbs in order
     * @param keep stay up, silent, when the verbs are done
     * @param fallbackUrl asked once for a script when another cannot be had
     */
    public record Program(List<Verb> verbs, boolean keep, Optional<String> fallbackUrl) {
        /** Stays up, silent, until hung up. */
        public static final Program SILENT = new Program(List.of(), true);

        public Program(List<Verb> verbs, boolean keep) {
            this(verbs, keep, Optional.empty());
        }

        public Program fallingBackTo(Optional<String> url) {
            return new Program(verbs, keep, url);
        }
    }
}
