package io.trunkline.control.call;

import io.trunkline.media.RecordingFile;
import io.trunkline.sip.SipStack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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

    /** Completes with the number of calls that had to be ended, when their ends are durable. */
    public CompletionStage<Integer> run(Map<String, RecordingFile> recovered) {
        return store.unfinished(node).thenCompose(orphans -> {
            List<String> ids =
                    orphans.stream().map(orphan -> orphan.call().id()).toList();
            return admission.cut(ids).thenCompose(owed -> end(orphans, owed, recovered));
        });
    }

    private CompletionStage<Integer> end(
            List<CallStore.Orphan> orphans,
            Map<String, CallSnapshot.Charge> owed,
            Map<String, RecordingFile> recovered) {
        List<CallEvent> events = new ArrayList<>();
        for (CallStore.Orphan orphan : orphans) {
            orphan.dialog().ifPresent(sip::release);
            CallSnapshot.Charge charge =
                    owed.getOrDefault(orphan.call().id(), orphan.call().charge());
            events.addAll(endOf(orphan, charge, recovered));
        }
        return store.append(events).thenApply(_ -> {
            events.stream()
                    .filter(event -> event.type().equals("call.ended"))
                    .forEach(event -> admission.ended(event.call()));
            return orphans.size();
        });
    }

    /** The events that an orphan is owed. Its talk time is what is billed: the time of the crash is not known. */
    List<CallEvent> endOf(CallStore.Orphan orphan, CallSnapshot.Charge charge, Map<String, RecordingFile> recovered) {
        Instant now = clock.instant();
        CallSnapshot call = orphan.call();
        boolean answered = call.times().answeredAt().isPresent();
        Optional<Duration> talked =
                answered ? Optional.of(Duration.ofSeconds(charge.billedSeconds())) : Optional.empty();
        CallCause cause = Endings.ours("node_restarted", "The switch was restarted while this call was up.");
        CallSnapshot ended = call.withStatus(answered ? CallStatus.COMPLETED : CallStatus.FAILED)
                .withCause(cause)
                .withTimes(call.times().ended(now, talked))
                .withCharge(charge);
        List<CallEvent> events = new ArrayList<>();
        long seq = orphan.lastSeq();
        events.add(CallEvent.of(ended, ++seq, "call.ended", now, EndingPhase.describe(ended, cause)));
        for (String recordingId : call.recordings()) {
            RecordingFile file = recovered.get(recordingId);
            if (file != null) {
                events.add(CallEvent.of(ended, ++seq, "recording.recovered", now, Recordings.describe(file)));
            }
        }
        return events;
    }
}
