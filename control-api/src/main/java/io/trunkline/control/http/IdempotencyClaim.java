package io.trunkline.control.http;

import io.trunkline.control.call.CallStore;
import io.trunkline.control.store.IdempotencyStore;
import java.time.Duration;
import java.time.Instant;

/** A client's key that this request holds. */
public record IdempotencyClaim(IdempotencyStore.Key key) {
    private static final Duration KEPT = Duration.ofHours(24);

    /** As call control stores it: in one transaction with the call. */
    CallStore.IdempotencyKey forCall(Instant now) {
        return new CallStore.IdempotencyKey(key.owner(), key.path(), key.key(), key.requestHash(), now.plus(KEPT));
    }
}
