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

    /**
     * The answer to a call that goes on.
     *
     * @param granted false when the balance lacks it, a spend limit forbids it, or the call's hold is gone
     * @param affordable the balance had it: refused all the same, it is the spend limit
     */
    record Extended(boolean granted, Money balance, boolean affordable) {}

    record Checkpoint(String callId, Duration talked) {}

    record Settlement(String callId, String accountId, Money cost) {}
}
