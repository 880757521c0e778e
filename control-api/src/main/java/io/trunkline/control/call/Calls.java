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

    /**
     * Brings a browser into a live call and, where the call rings here and {@code answer} is set, answers it; without,
     * the browser is only connected, so that the first word is not lost later.
     */
    CompletionStage<Optional<String>> joinBrowser(String callId, BrowserSdp browser, boolean answer);

    /** @param sdpAnswer to the browser's offer that came with the call */
    record Placed(CallSnapshot call, boolean created, Optional<String> sdpAnswer) {
        public Placed(CallSnapshot call, boolean created) {
            this(call, created, Optional.empty());
        }
    }
}
