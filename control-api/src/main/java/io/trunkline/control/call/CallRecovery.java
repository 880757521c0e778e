package io.trunkline.control.call;

import io.trunkline.media.RecordingFile;
import io.trunkline.sip.SipStack;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Finishes what a crash of this node left behind: every call without an end gets one, its carrier gets a BYE, its
 * recordings get told. Run once at start, before anyone is served.
 */
public final class CallRecovery {
    private final CallStore store;
    private final Admission admission;
    private final SipStack sip;
    private final Clock clock;
    private final String node;

    public CallRecovery(CallStore store, Admission admission, SipStack sip, Clock clock, String node) {
        this.store = store;
        this.admission = admission;
        this.sip = sip;
        this.clock = clock;
        this.node = node;
    }

    /** What there is of a recording on disk, by its id. */
    public interface Found extends Function<String, Optional<RecordingFile>> {}

    /** Completes with the number of calls that were owed an end, their own or a recording's, when these are durable. */
    public CompletionStage<Integer> run(Found recordings) {
        return store.unfinished(node).thenCompose(orphans -> {
            List<String> cut = orphans.stream()
                    .filter(orphan -> !orphan.hasEnded())
                    .map(orphan -> orphan.call().id())
                    .toList();
            return admission.cut(cut).thenCompose(owed -> end(orphans, owed, recordings));
        });
    }

    private CompletionStage<Integer> end(
            List<CallStore.Orphan> orphans, Map<String, CallSnapshot.Charge> owed, Found recordings) {
        CompletableFuture<?>[] ends = orphans.stream()
                .map(orphan -> end(
                        orphan,
                        owed.getOrDefault(orphan.call().id(), orphan.call().charge()),
                        recordings))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends).thenApply(_ -> orphans.size());
    }

    private CompletionStage<Void> end(CallStore.Orphan orphan, CallSnapshot.Charge charge, Found recordings) {
        if (!orphan.hasEnded()) {
            orphan.dialog().ifPresent(sip::release);
        }
        List<CallEvent> events = endOf(orphan, charge, recordings);
        return store.append(events)
                .thenRun(() -> events.stream()
                        .filter(event -> event.type().equals("call.ended"))
                        .forEach(event -> admission.ended(event.call())));
    }

    /** The events that an orphan is owed. */
    List<CallEvent> endOf(CallStore.Orphan orphan, CallSnapshot.Charge charge, Found recordings) {
        List<CallEvent> events = new ArrayList<>();
        CallSnapshot call = orphan.call();
        long seq = orphan.lastSeq();
        if (!orphan.hasEnded()) {
            call = ended(orphan.call(), charge);
            CallCause cause = call.cause().orElseThrow();
            events.add(CallEvent.of(call, ++seq, "call.ended", clock.instant(), EndingPhase.describe(call, cause)));
        }
        for (String recordingId : call.recordings()) {
            if (!orphan.told().contains(recordingId)) {
                events.add(endOf(recordingId, call, ++seq, recordings));
            }
        }
        return events;
    }

    /** Its talk time is what is billed: the time of the crash is not known. */
    private CallSnapshot ended(CallSnapshot call, CallSnapshot.Charge charge) {
        boolean answered = call.times().answeredAt().isPresent();
        Optional<Duration> talked =
                answered ? Optional.of(Duration.ofSeconds(charge.billedSeconds())) : Optional.empty();
        return call.withStatus(answered ? CallStatus.COMPLETED : CallStatus.FAILED)
                .withCause(Endings.ours("node_restarted", "The switch was restarted while this call was up."))
                .withTimes(call.times().ended(clock.instant(), talked))
                .withCharge(charge);
    }

    private CallEvent endOf(String recordingId, CallSnapshot call, long seq, Found recordings) {
        return recordings
                .apply(recordingId)
                .map(file -> CallEvent.of(call, seq, "recording.recovered", clock.instant(), Recordings.describe(file)))
                .orElseGet(() -> CallEvent.of(
                        call,
                        seq,
                        "recording.absent",
                        clock.instant(),
                        Turn.data("recording_id", recordingId, "reason", "node_restarted")));
    }
}
