package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.call.BrowserSdp;
import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStatus;
import io.trunkline.control.call.CallStore;
import io.trunkline.control.call.Calls;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.Verb;
import io.trunkline.control.store.TestCalls;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls without a phone: stored for real, never dialled; they remember what they were told. */
final class StandInCalls implements Calls {
    private final CallStore store;
    private final Map<String, CallSnapshot> live = new ConcurrentHashMap<>();
    private final Map<String, Long> seqs = new ConcurrentHashMap<>();
    private volatile Optional<CallRefused> refusal = Optional.empty();
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    final List<NewCall> placed = new CopyOnWriteArrayList<>();
    final List<Verb> commands = new CopyOnWriteArrayList<>();

    StandInCalls(CallStore store) {
        this.store = store;
    }

    /** Calls are placed once this is done. */
    void waitFor(CompletableFuture<Void> open) {
        gate = open;
    }

    void refuseWith(CallRefused next) {
        refusal = Optional.ofNullable(next);
    }

    @Override
    public CompletionStage<Placed> place(NewCall plan) {
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        placed.add(plan);
        CallSnapshot call = new CallSnapshot(
                plan.callId(),
                plan.owner(),
                CallDirection.OUTBOUND,
                plan.from().orElse("+15550100000"),
                plan.to(),
                plan.line(),
                plan.trunk(),
                CallStatus.QUEUED,
                new CallSnapshot.Times(
                        Instant.now(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                plan.tag(),
                plan.metadata(),
                CallSnapshot.Charge.NONE,
                plan.callback(),
                "n1");
        live.put(call.id(), call);
        seqs.put(call.id(), 1L);
        return gate.thenCompose(open ->
                        store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), plan.idempotency()))
                .thenApply(done -> new Placed(call, true));
    }

    /** Something happened to a call. */
    CompletionStage<Void> happen(String callId, String type, Map<String, Object> data) {
        CallSnapshot call = live.get(callId);
        long seq = seqs.merge(callId, 1L, Long::sum);
        return store.append(List.of(new CallEvent(Ids.next("evt"), seq, type, Instant.now(), data, call)));
    }

    @Override
    public CompletionStage<Void> command(String callId, Verb verb) {
        require(callId);
        commands.add(verb);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<String>> joinBrowser(String callId, BrowserSdp browser, boolean answer) {
        require(callId);
        return CompletableFuture.completedFuture(
                browser instanceof BrowserSdp.Offer ? Optional.of("v=0 answer") : Optional.empty());
    }

    @Override
    public CompletionStage<CallSnapshot> hangup(String callId) {
        CallSnapshot ended = TestCalls.ended(require(callId));
        live.put(callId, ended);
        return happen(callId, "call.ended", Map.of())
                .thenRun(() -> live.remove(callId))
                .thenApply(done -> ended);
    }

    @Override
    public Optional<CallSnapshot> live(String callId) {
        return Optional.ofNullable(live.get(callId));
    }

    @Override
    public CompletionStage<CallSnapshot> annotate(
            String callId, Optional<String> tag, Optional<Map<String, Object>> metadata) {
        CallSnapshot call = require(callId);
        Map<String, Object> merged = new HashMap<>(call.metadata());
        metadata.ifPresent(merged::putAll);
        CallSnapshot changed = TestCalls.call(call.owner(), call.callback(), tag.or(call::tag), merged);
        return CompletableFuture.completedFuture(changed);
    }

    private CallSnapshot require(String callId) {
        CallSnapshot call = live.get(callId);
        if (call == null) {
            throw CallRefused.of(409, "call_not_active", "This call has ended.");
        }
        return call;
    }
}
