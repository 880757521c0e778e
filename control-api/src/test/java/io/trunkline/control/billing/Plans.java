package io.trunkline.control.billing;

import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStatus;
import io.trunkline.control.call.NewCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls as they are asked for, and as they end. */
final class Plans {
    private static final CallSnapshot.Owner OWNER = new CallSnapshot.Owner("acct_1", "app_1");

    private Plans() {}

    static NewCall call(String id, String to, Optional<String> from, Optional<BigDecimal> maxPrice, Duration wait) {
        return new NewCall(
                id,
                OWNER,
                to,
                from,
                Optional.empty(),
                Optional.empty(),
                NewCall.Program.SILENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NewCall.DEFAULT_RING_TIMEOUT,
                NewCall.DEFAULT_MAX_DURATION,
                wait,
                false,
                CallSnapshot.Callback.NONE,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                maxPrice,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    static CallSnapshot ended(String id, CallSnapshot.Charge charge) {
        Instant then = Instant.parse("2026-03-14T12:00:00Z");
        return new CallSnapshot(
                id,
                OWNER,
                CallDirection.OUTBOUND,
                "+15550000003",
                "+15550100001",
                Optional.empty(),
                Optional.empty(),
                CallStatus.COMPLETED,
                new CallSnapshot.Times(
                        then,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(then),
                        Optional.of(Duration.ofSeconds(7))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                charge,
                CallSnapshot.Callback.NONE,
                "node");
    }
}
