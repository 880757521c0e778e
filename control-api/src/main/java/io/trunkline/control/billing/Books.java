package io.trunkline.control.billing;

import io.trunkline.control.call.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** What the meter asks of the ledger; each is one transaction, and a succeeded future is durable. */
interface Books {
    /** Holds more for calls that go on; answers for each, in the same order. */
    Future<List<Extended>> extend(List<Extension> calls);

    /** Writes down how long calls have talked: what a crash would bill. */
    Future<Void> checkpoint(List<Checkpoint> calls);

    /** Gives back what was held and charges what was used; a second time changes nothing. */
    Future<Void> settle(List<Settlement> calls);

    record Extension(String callId, String accountId, Money amount) {}

    /** @param granted false when the balance lacks it, or the call's hold is gone */
    record Extended(boolean granted, Money balance) {}

    record Checkpoint(String callId, Duration talked) {}

    record Settlement(String callId, String accountId, Money cost) {}
}
