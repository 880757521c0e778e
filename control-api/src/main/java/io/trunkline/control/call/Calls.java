package io.trunkline.control.call;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Call control as HTTP sees it: implemented by {@code CallService}. Failures are {@link CallRefused}. */
public interface Calls {
    /**
     * Checks, stores and starts a call. Completes when the call is durable (or dialled, where asked); the result is
     * false in {@code created} where an exclusive line already carries one.
     */
    CompletionStage<Placed> place(NewCall call);

    /** A live command; completes once the call's mailbox took it. */
    CompletionStage<Void> command(String callId, Verb verb);

    /** Ends a call whatever its state; completes with the call as it then stands. */
    CompletionStage<CallSnapshot> hangup(String callId);

    /** The live view of a call of this node, fresher than storage; empty when it is not live here. */
    Optional<CallSnapshot> live(String callId);

    /** Changes tag and metadata (absent leaves, null values remove). */
    CompletionStage<CallSnapshot> annotate(String callId, Optional<String> tag, Optional<Map<String, Object>> metadata);

    record Placed(CallSnapshot call, boolean created) {}
}
