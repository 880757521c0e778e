package io.trunkline.control.call;

import io.trunkline.sip.TraceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What call control asks of storage. A completed stage is durable. */
public interface CallStore {
    /**
     * The call, its {@code call.created}, the money held for it and the idempotency row, in one transaction. Fails with
     * {@link CallRefused}, storing nothing, when the account lacks the money or may not spend it.
     */
    CompletionStage<Void> create(CallEvent created, Optional<Admission.Hold> hold, Optional<IdempotencyKey> key);

    /**
     * Appends events of one call and the snapshot that the last of them carries. Batches of many calls are committed together;
     * whoever shows or sends events does so only after this completes.
     */
    CompletionStage<Void> append(List<CallEvent> events);

    /** The bytes from which signalling can hang up after a crash; stored with the next commit. */
    void saveDialog(String callId, String snapshot);

    /** Keeps what was said on the wire, for those who ask later why a call failed. */
    default CompletionStage<Void> saveTrace(String callId, List<TraceEntry> trace) {
        return CompletableFuture.completedFuture(null);
    }

    CompletionStage<Optional<CallSnapshot>> find(String callId);

    /** Calls of {@code node} that are owed an end, their own or of a recording: read once at start. */
    CompletionStage<List<Orphan>> unfinished(String node);

    /** @param told recordings whose end is in the log already */
    record Orphan(CallSnapshot call, long lastSeq, Optional<String> dialog, Set<String> told) {
        public Orphan {
            told = Set.copyOf(told);
        }

        boolean hasEnded() {
            return call.times().endedAt().isPresent();
        }
    }

    /** Ties a stored response to a request: {@code requestHash} tells another body under the same key. */
    record IdempotencyKey(String applicationId, String path, String key, String requestHash, Instant expiresAt) {}
}
