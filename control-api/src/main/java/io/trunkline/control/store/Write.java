package io.trunkline.control.store;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStore.IdempotencyKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One call's wish to be durable, waiting for the next commit.
 *
 * @param creates whether the first event is the call's first
 * @param queuedNanos when it came, so that a new call is refused rather than kept waiting
 */
record Write(
        List<CallEvent> events,
        boolean creates,
        Optional<Admission.Hold> hold,
        Optional<IdempotencyKey> key,
        long queuedNanos,
        CompletableFuture<Void> done) {

    String callId() {
        return events.getFirst().call().id();
    }

    /** The line that shall carry this call alone. */
    Optional<String> exclusiveLine() {
        return hold.flatMap(Admission.Hold::exclusiveLine);
    }

    CallSnapshot last() {
        return events.getLast().call();
    }
}
