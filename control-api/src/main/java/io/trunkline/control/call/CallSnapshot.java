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
            Optional<Duration> talked) {}

    public record Amd(
            String verdict, double confidence, long decidedMs, Optional<Long> greetingEndMs, Optional<Long> beepMs) {}

    public record Charge(long billedSeconds, BigDecimal cost, String currency) {
        public static final Charge NONE = new Charge(0, BigDecimal.ZERO, "USD");
    }

    /** Where this call's events go, when not to the application's address; no types means all. */
    public record Callback(Optional<String> url, List<String> types) {
        public static final Callback NONE = new Callback(Optional.empty(), List.of());
    }
}
