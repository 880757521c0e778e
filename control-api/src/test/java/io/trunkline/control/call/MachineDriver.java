package io.trunkline.control.call;

import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.LegStats;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.Negotiation;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Feeds a machine by hand, with a clock moved by hand, and keeps what it said. */
final class MachineDriver {
    static final SipEvent ANSWERED = new SipEvent.Answered(Optional.of("v=0 theirs"), Map.of());
    static final Tariff PRICE = new Tariff("USD", new BigDecimal("0.60"), new BigDecimal("0.05"), 1, 1, 0);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final List<CallEvent> events = new ArrayList<>();
    final List<CallAction> actions = new ArrayList<>();
    private long nanos = 1;
    CallState state;

    MachineDriver(NewCall plan, String... trunks) {
        state = CallMachine.outbound(plan, call(plan), List.of(trunks), PRICE);
    }

    private MachineDriver(CallState state) {
        this.state = state;
    }

    /** A call that comes in. */
    static MachineDriver inbound(NewCall plan) {
        return new MachineDriver(CallMachine.inbound(plan, call(plan).withTrunk("trk_a"), PRICE));
    }

    static NewCall plan(Verb... verbs) {
        return plan(new NewCall.Program(List.of(verbs), false));
    }

    static NewCall plan(NewCall.Program program) {
        return plan("call_1", "+15550100001", program);
    }

    static NewCall plan(String callId, String to, NewCall.Program program) {
        return new NewCall(
                callId,
                new CallSnapshot.Owner("acct_1", "app_1"),
                to,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                program,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NewCall.DEFAULT_RING_TIMEOUT,
                NewCall.DEFAULT_MAX_DURATION,
                Duration.ZERO,
                false,
                CallSnapshot.Callback.NONE,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    static NewCall with(NewCall plain, Optional<AmdPolicy> amd, Optional<Duration> ring) {
        return new NewCall(
                plain.callId(),
                plain.owner(),
                plain.to(),
                plain.from(),
                plain.line(),
                plain.trunk(),
                plain.program(),
                plain.record(),
                amd,
                ring,
                plain.ringTimeout(),
                plain.maxDuration(),
                plain.mayQueue(),
                false,
                plain.callback(),
                plain.sendDigits(),
                plain.headers(),
                plain.callerName(),
                false,
                plain.maxPricePerMinute(),
                plain.tag(),
                plain.metadata(),
                Optional.empty());
    }

    private static CallSnapshot call(NewCall plan) {
        return new CallSnapshot(
                plan.callId(),
                plan.owner(),
                CallDirection.OUTBOUND,
                "+15550100000",
                plan.to(),
                Optional.empty(),
                Optional.empty(),
                CallStatus.QUEUED,
                CallSnapshot.Times.created(START),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                CallSnapshot.Charge.NONE,
                CallSnapshot.Callback.NONE,
                "node");
    }

    MachineDriver feed(CallInput... inputs) {
        for (CallInput input : inputs) {
            CallMachine.Step step = CallMachine.step(state, input, new CallMachine.Now(START.plusNanos(nanos), nanos));
            state = step.state();
            events.addAll(step.events());
            actions.addAll(step.actions());
        }
        return this;
    }

    MachineDriver sip(SipEvent... happened) {
        for (SipEvent event : happened) {
            feed(new CallInput.Sip(event));
        }
        return this;
    }

    MachineDriver media(MediaEvent... happened) {
        for (MediaEvent event : happened) {
            feed(new CallInput.Media(event));
        }
        return this;
    }

    MachineDriver later(Duration time) {
        nanos += time.toNanos();
        return this;
    }

    /** To the point where the script starts. */
    MachineDriver answered() {
        return dialled()
                .sip(new SipEvent.Ringing(180), ANSWERED)
                .feed(agreed())
                .media(new MediaEvent.MediaConnected("127.0.0.1:4000"));
    }

    MachineDriver dialled() {
        return feed(new CallInput.Start(), new CallInput.MediaOpened("ours")).sip(new SipEvent.Sent("host", 1));
    }

    static CallInput agreed() {
        return new CallInput.Negotiated(new Negotiation.Agreed("ours", Codec.PCMA, Direction.SENDRECV));
    }

    MachineDriver closed() {
        return media(new MediaEvent.MediaClosed(LegStats.EMPTY, List.of()));
    }

    List<String> types() {
        return events.stream().map(CallEvent::type).toList();
    }

    <T extends CallAction> List<T> actions(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static SipEnd end(int code, SipEnd.Reason reason, boolean mayTryElsewhere) {
        return new SipEnd(
                SipEnd.Fault.THEIRS,
                reason,
                code,
                "Phrase",
                Optional.empty(),
                Optional.empty(),
                false,
                mayTryElsewhere);
    }
}
