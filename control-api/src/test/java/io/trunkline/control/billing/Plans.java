package io.trunkline.control.billing;

import io.trunkline.control.Ids;
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

    private static final Instant THEN = Instant.parse("2026-03-14T12:00:00Z");

    private Plans() {}

    static NewCall call(String id, String to, Optional<String> from, Optional<BigDecimal> maxPrice, Duration wait) {
        return call(id, OWNER, to, from, Optional.empty(), maxPrice, wait);
    }

    static NewCall call(CallSnapshot.Owner owner, String to, Optional<String> from, Optional<String> line) {
        return call(Ids.next("call"), owner, to, from, line, Optional.empty(), Duration.ZERO);
    }

    private static NewCall call(
            String id,
            CallSnapshot.Owner owner,
            String to,
            Optional<String> from,
            Optional<String> line,
            Optional<BigDecimal> maxPrice,
            Duration wait) {
        return new NewCall(
                id,
                owner,
                to,
                from,
                line,
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

    static CallSnapshot created(String id, CallSnapshot.Owner owner) {
        return snapshot(id, owner, CallStatus.QUEUED, Optional.empty(), CallSnapshot.Charge.NONE);
    }

    static CallSnapshot ended(String id, CallSnapshot.Charge charge) {
        return snapshot(id, OWNER, CallStatus.COMPLETED, Optional.of(THEN), charge);
    }

    static CallSnapshot ended(CallSnapshot call, CallSnapshot.Charge charge) {
        return snapshot(call.id(), call.owner(), CallStatus.COMPLETED, Optional.of(THEN), charge);
    }

    private static CallSnapshot snapshot(
            String id, CallSnapshot.Owner owner, CallStatus status, Optional<Instant> end, CallSnapshot.Charge charge) {
        return new CallSnapshot(
                id,
                owner,
                CallDirection.OUTBOUND,
                "+15550000003",
                "+15550100001",
                Optional.empty(),
                Optional.empty(),
                status,
                new CallSnapshot.Times(
                        THEN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        end,
                        end.map(_ -> Duration.ofSeconds(7))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                charge,
                CallSnapshot.Callback.NONE,
                "n1");
    }
}
