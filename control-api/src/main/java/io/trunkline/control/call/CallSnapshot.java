package io.trunkline.control.call;

import io.trunkline.media.LegStats;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call as the API shows it and as it is stored: immutable, one for every event. */
public record CallSnapshot(
        String id,
        Owner owner,
        CallDirection direction,
        String from,
        String to,
        Optional<String> line,
        Optional<String> trunk,
        CallStatus status,
        Times times,
        Optional<Amd> amd,
        Optional<CallCause> cause,
        Optional<LegStats> quality,
        List<String> recordings,
        Optional<String> tag,
        Map<String, Object> metadata,
        Charge charge,
        Callback callback,
        String node) {

    /** Whose call it is. */
    public record Owner(String accountId, String applicationId) {}

    public record Times(
            Instant createdAt,
            Optional<Instant> dialingAt,
            Optional<Instant> ringingAt,
            Optional<Instant> answeredAt,
            Optional<Instant> endedAt,
            Optional<Duration> talked) {

        static Times created(Instant at) {
            return new Times(
                    at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        Times dialing(Instant at) {
            return new Times(createdAt, Optional.of(at), ringingAt, answeredAt, endedAt, talked);
        }

        Times ringing(Instant at) {
            return new Times(createdAt, dialingAt, Optional.of(at), answeredAt, endedAt, talked);
        }

        Times answered(Instant at) {
            return new Times(createdAt, dialingAt, ringingAt, Optional.of(at), endedAt, talked);
        }

        /** {@code lasted} is measured by the monotonic clock, so that a stepped wall clock bills nobody. */
        Times ended(Instant at, Optional<Duration> lasted) {
            return new Times(createdAt, dialingAt, ringingAt, answeredAt, Optional.of(at), lasted);
        }
    }

    public record Amd(
            String verdict, double confidence, long decidedMs, Optional<Long> greetingEndMs, Optional<Long> beepMs) {}

    public record Charge(long billedSeconds, BigDecimal cost, String currency) {
        public static final Charge NONE = new Charge(0, BigDecimal.ZERO, "USD");
    }

    /**
     * Where this call's events go, when not to the application's address; no types means all.
     *
     * @param dialect whose words they are told in; empty: the application's
     */
    public record Callback(Optional<String> url, List<String> types, Optional<String> dialect) {
        public static final Callback NONE = new Callback(Optional.empty(), List.of());

        public Callback(Optional<String> url, List<String> types) {
            this(url, types, Optional.empty());
        }
    }

    CallSnapshot withStatus(CallStatus next) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                trunk,
                next,
                times,
                amd,
                cause,
                quality,
                recordings,
                tag,
                metadata,
                charge,
                callback,
                node);
    }

    CallSnapshot withTrunk(String name) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                Optional.of(name),
                status,
                times,
                amd,
                cause,
                quality,
                recordings,
                tag,
                metadata,
                charge,
                callback,
                node);
    }

    CallSnapshot withTimes(Times next) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                trunk,
                status,
                next,
                amd,
                cause,
                quality,
                recordings,
                tag,
                metadata,
                charge,
                callback,
                node);
    }

    CallSnapshot withAmd(Amd next) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                trunk,
                status,
                times,
                Optional.of(next),
                cause,
                quality,
                recordings,
                tag,
                metadata,
                charge,
                callback,
                node);
    }

    CallSnapshot withCause(CallCause next) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                trunk,
                status,
                times,
                amd,
                Optional.of(next),
                quality,
                recordings,
                tag,
                metadata,
                charge,
                callback,
                node);
    }

    CallSnapshot withQuality(LegStats next) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                trunk,
                status,
                times,
                amd,
                cause,
                Optional.of(next),
                recordings,
                tag,
                metadata,
                charge,
                callback,
                node);
    }

    CallSnapshot withRecordings(List<String> next) {
        return new CallSnapshot(
                id, owner, direction, from, to, line, trunk, status, times, amd, cause, quality, next, tag, metadata,
                charge, callback, node);
    }

    CallSnapshot withCharge(Charge next) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                trunk,
                status,
                times,
                amd,
                cause,
                quality,
                recordings,
                tag,
                metadata,
                next,
                callback,
                node);
    }

    CallSnapshot annotated(Optional<String> nextTag, Map<String, Object> nextMetadata) {
        return new CallSnapshot(
                id,
                owner,
                direction,
                from,
                to,
                line,
                trunk,
                status,
                times,
                amd,
                cause,
                quality,
                recordings,
                nextTag,
                nextMetadata,
                charge,
                callback,
                node);
    }
}
