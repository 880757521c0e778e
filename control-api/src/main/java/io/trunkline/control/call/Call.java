package io.trunkline.control.call;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaListener;
import io.trunkline.media.MediaSession;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.TraceEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live call: its mailbox takes what happens, the machine decides, events are stored, actions are done. All state is
 * touched on the mailbox's thread alone, but for {@link #shown}, the durable view for others.
 */
final class Call implements MediaListener, SipCallListener, Admission.Payer {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final CallDesk desk;
    private final CallMailbox mailbox;
    private final CallActor actor;
    private CallState state;
    private CompletionStage<Void> stored = CompletableFuture.completedFuture(null);
    private final CompletableFuture<CallSnapshot> dialled = new CompletableFuture<>();
    private final CompletableFuture<CallSnapshot> over = new CompletableFuture<>();
    private volatile CallSnapshot shown;
    private volatile boolean traceAsked;

    Call(CallDesk desk, CallState state, Switchboard switchboard, Runnable retire) {
        this.desk = desk;
        this.state = state;
        this.shown = state.call();
        this.mailbox = new CallMailbox(desk.mailboxes().apply(state.call().id()));
        this.actor = new CallActor(desk, this, switchboard, retire);
    }

    String id() {
        return shown.id();
    }

    /** The call as storage has it. */
    CallSnapshot shown() {
        CallSnapshot now = shown;
        return now.status().ended()
                ? now
                : media().map(leg -> now.withQuality(leg.stats())).orElse(now);
    }

    Optional<MediaSession> media() {
        return Optional.ofNullable(actor.media());
    }

    /** Every SIP message so far. */
    List<TraceEntry> trace() {
        return actor.trace();
    }

    /** Somebody looks at the trace: it is kept when the call has ended. */
    List<TraceEntry> showTrace() {
        traceAsked = true;
        return trace();
    }

    boolean traceIsWorthKeeping() {
        return traceAsked || shown.status() == CallStatus.FAILED;
    }

    /** Joins a call in, before its {@code Start}. */
    void incoming(SipCall sip, Optional<String> offer) {
        actor.incoming(sip, offer);
    }

    /** Before its {@code Start}: a browser whose offer has been answered already. */
    void joinedBy(BrowserLeg browser) {
        actor.joinedBy(browser);
    }

    /** Joins a browser on the mailbox; completes with our answer, where it made an offer, once the rest is durable. */
    CompletionStage<Optional<String>> joinBrowser(BrowserSdp browser, boolean answer) {
        CompletableFuture<Optional<String>> answered = new CompletableFuture<>();
        boolean taken = mailbox.post(() -> {
            try {
                requireJoinable();
                Optional<String> sdp = actor.joinBrowser(browser);
                boolean joins = !(browser instanceof BrowserSdp.Candidate);
                if (joins) {
                    handle(new CallInput.Browser(new BrowserEvent.Joined()));
                }
                if (joins && answer) {
                    handle(new CallInput.Command(new Verb.Answer()));
                }
                stored.whenComplete((_, _) -> answered.complete(sdp));
            } catch (CallRefused refusal) {
                answered.completeExceptionally(refusal);
            }
        });
        if (!taken) {
            answered.completeExceptionally(CallRefused.of(503, "overloaded", "too much is happening on this call"));
        }
        return answered;
    }

    private void requireJoinable() {
        if (state.phase() == CallState.Phase.ENDING || state.phase() == CallState.Phase.ENDED) {
            throw CallRefused.of(409, "call_not_active", "This call has ended.");
        }
    }

    void post(CallInput input) {
        if (!mailbox.post(() -> handle(input))) {
            mailbox.postAlways(() -> handle(new CallInput.Hangup(CallInput.HangupBy.OVERLOAD)));
        }
    }

    /** Posts and completes when all that it led to is durable. */
    CompletionStage<CallSnapshot> ask(CallInput input) {
        CompletableFuture<CallSnapshot> answer = new CompletableFuture<>();
        boolean taken = mailbox.post(() -> {
            try {
                handle(input);
            } catch (CallRefused refused) {
                answer.completeExceptionally(refused);
                return;
            }
            CallSnapshot after = state.call();
            stored.whenComplete((_, failure) -> {
                if (failure == null) {
                    answer.complete(after);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
        if (!taken) {
            answer.completeExceptionally(CallRefused.of(503, "overloaded", "too much is happening on this call"));
        }
        return answer;
    }

    @Override
    public void onMediaEvent(String sessionId, MediaEvent event) {
        mailbox.post(() -> {
            if (actor.isCurrent(sessionId) || event instanceof MediaEvent.RecordingCompleted) {
                handle(new CallInput.Media(event));
            }
        });
    }

    @Override
    public void onSipEvent(SipCall sip, SipEvent event) {
        post(new CallInput.Sip(event));
    }

    @Override
    public void balanceLow(Money balance, long secondsLeft) {
        post(new CallInput.BalanceLow(balance, secondsLeft));
    }

    @Override
    public void balanceGone() {
        post(new CallInput.Hangup(CallInput.HangupBy.BALANCE));
    }

    @Override
    public void spendLimitReached() {
        post(new CallInput.Hangup(CallInput.HangupBy.SPEND_LIMIT));
    }

    /** Runs when all events so far are durable, or lost; on the mailbox's thread or the store's. */
    void whenStored(Runnable task) {
        stored.whenComplete((_, _) -> task.run());
    }

    /** On the mailbox's thread. A refused command changes nothing; a failure of ours ends this call and no other. */
    private void handle(CallInput input) {
        try {
            take(input);
        } catch (CallRefused refused) {
            if (input instanceof CallInput.Command) {
                throw refused;
            }
            LOG.warn("call {} was ended: {}", id(), refused.getMessage());
            take(new CallInput.Hangup(CallInput.HangupBy.INTERNAL));
        } catch (RuntimeException failure) {
            LOG.error("call {} failed on {}", id(), input.getClass().getSimpleName(), failure);
            if (!state.phase().equals(CallState.Phase.ENDED)) {
                take(new CallInput.Hangup(CallInput.HangupBy.INTERNAL));
            }
        }
    }

    private void take(CallInput input) {
        CallMachine.Step step = CallMachine.step(
                state,
                input,
                new CallMachine.Now(desk.clock().instant(), desk.nanos().getAsLong()));
        state = step.state();
        store(step.events());
        for (CallAction action : step.actions()) {
            actor.perform(action, state);
        }
    }

    private void store(List<CallEvent> events) {
        CallSnapshot after = state.call();
        CompletionStage<Void> written = events.isEmpty() ? stored : desk.store().append(events);
        stored = written.thenRun(() -> show(after));
        if (!events.isEmpty()) {
            stored.whenComplete((_, failure) -> logOnce(failure));
        }
    }

    private void show(CallSnapshot durable) {
        shown = durable;
        if (durable.times().dialingAt().isPresent() || durable.status().ended()) {
            dialled.complete(durable);
        }
        if (durable.status().ended()) {
            over.complete(durable);
        }
    }

    /** Completes when the call is on the wire, or ended without. */
    CompletionStage<CallSnapshot> dialled() {
        return dialled.copy();
    }

    /** Completes when the call has its final status. */
    CompletionStage<CallSnapshot> over() {
        return over.copy();
    }

    private void logOnce(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.error("events of call {} could not be stored: {}", id(), failure.toString());
        }
    }
}
