package io.trunkline.control.store;

import io.trunkline.control.Ids;
import io.trunkline.control.call.CallCause;
import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStatus;
import io.trunkline.sip.SipEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls and events as call control would make them. */
public final class TestCalls {
    private TestCalls() {}

    public static CallSnapshot call(CallSnapshot.Owner owner) {
        return call(owner, CallSnapshot.Callback.NONE, Optional.empty(), Map.of());
    }

    public static CallSnapshot call(
            CallSnapshot.Owner owner,
            CallSnapshot.Callback callback,
            Optional<String> tag,
            Map<String, Object> metadata) {
        return new CallSnapshot(
                Ids.next("call"),
                owner,
                CallDirection.OUTBOUND,
                "+15550100000",
                "+15550100001",
                Optional.empty(),
                Optional.of("sandbox"),
                CallStatus.QUEUED,
                new CallSnapshot.Times(
                        Instant.parse("2026-01-31T12:00:00.123Z"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                tag,
                metadata,
                CallSnapshot.Charge.NONE,
                callback,
                "n1");
    }

    public static CallEvent event(CallSnapshot call, long seq, String type) {
        return new CallEvent(Ids.next("evt"), seq, type, Instant.now(), Map.of(), call);
    }

    public static CallSnapshot ended(CallSnapshot call) {
        Instant created = call.times().createdAt();
        return new CallSnapshot(
                call.id(),
                call.owner(),
                call.direction(),
                call.from(),
                call.to(),
                call.line(),
                call.trunk(),
                CallStatus.COMPLETED,
                new CallSnapshot.Times(
                        created,
                        Optional.of(created.plusMillis(10)),
                        Optional.of(created.plusMillis(20)),
                        Optional.of(created.plusMillis(30)),
                        Optional.of(created.plusMillis(2030)),
                        Optional.of(Duration.ofSeconds(2))),
                Optional.of(new CallSnapshot.Amd("human", 0.97, 900, Optional.of(1200L), Optional.empty())),
                Optional.of(new CallCause(
                        "hangup_remote",
                        SipEnd.Fault.THEIRS,
                        Optional.of(200),
                        Optional.of("OK"),
                        Optional.of(16),
                        "The other side hung up.")),
                call.quality(),
                call.recordings(),
                call.tag(),
                call.metadata(),
                call.charge(),
                call.callback(),
                call.node());
    }
}
