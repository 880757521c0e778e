package io.trunkline.control.call;

import io.trunkline.control.Ids;
import io.trunkline.sip.IncomingCalls;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.TraceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The only door to calls: places them, finds the live ones, takes those that come in. Any thread may call it. */
public final class CallService implements Calls {
    private final CallDesk desk;
    private final PhoneNetworkRule rule;
    private final Map<String, Call> live = new ConcurrentHashMap<>();
    private final Switchboard switchboard;
    private final EndedTraces traces = new EndedTraces();
    private final QualityLog quality = new QualityLog();
    private volatile boolean draining;

    public CallService(CallDesk desk) {
        this.desk = desk;
        this.rule = new PhoneNetworkRule(desk.trunks());
        this.switchboard = new Switchboard(id -> Optional.ofNullable(live.get(id)), this::leg, desk.media(), rule);
    }

    @Override
    public CompletionStage<Placed> place(NewCall plan) {
        if (draining) {
            return refuse(
                    CallRefused.of(503, "draining", "This node is shutting down; call another, or try again soon."));
        }
        List<String> trunks = candidates(plan);
        if (trunks.isEmpty()) {
            return refuse(CallRefused.of(
                    400, "no_active_trunk", "No trunk takes " + plan.to() + ": add one, or widen a trunk's prefixes."));
        }
        if (!desk.media().hasFreePorts()) {
            return refuse(CallRefused.of(
                    503, "no_media_ports", "No RTP port is free: widen rtp.ports, or allow more open files."));
        }
        return plan.browserOffer().isPresent()
                ? placeWithBrowser(plan, trunks, plan.browserOffer().get())
                : admitted(plan, trunks, Optional.empty());
    }

    /** The browser's offer is answered before anything is stored or dialled: one that cannot be used touches nothing. */
    private CompletionStage<Placed> placeWithBrowser(NewCall plan, List<String> trunks, String offer) {
        BrowserLeg browser;
        String answer;
        try {
            browser = BrowserLeg.open(desk, plan.callId());
            answer = browser.answer(offer);
        } catch (CallRefused refusal) {
            return refuse(refusal);
        }
        return admitted(plan, trunks, Optional.of(browser))
                .whenComplete((placed, failure) -> {
                    if (failure != null || !placed.created()) {
                        browser.close();
                    }
                })
                .thenApply(placed -> new Placed(
                        placed.call(), placed.created(), placed.created() ? Optional.of(answer) : Optional.empty()));
    }

    private CompletionStage<Placed> admitted(NewCall plan, List<String> trunks, Optional<BrowserLeg> browser) {
        return desk.admission().admit(plan, trunks).thenCompose(decision -> switch (decision) {
            case Admission.Grant grant -> Refusal.otherwise(start(plan, grant, browser), this::existing);
            case Admission.LineBusy(String callId) -> existing(callId);
        });
    }

    /** A call that another one asked for. */
    private CompletionStage<Call> leg(NewCall plan) {
        return place(plan)
                .thenApply(placed -> Optional.ofNullable(live.get(placed.call().id()))
                        .orElseThrow(() -> CallRefused.of(503, "overloaded", "The call ended at once.")));
    }

    /** An exclusive line's call, live or just ended. */
    private CompletionStage<Placed> existing(String callId) {
        return live(callId)
                .<CompletionStage<Optional<CallSnapshot>>>map(
                        call -> CompletableFuture.completedFuture(Optional.of(call)))
                .orElseGet(() -> desk.store().find(callId))
                .thenApply(found -> found.map(call -> new Placed(call, false))
                        .orElseThrow(() -> CallRefused.of(409, "conflict", "The line's other call is being placed.")));
    }

    private List<String> candidates(NewCall plan) {
        String account = plan.owner().accountId();
        return plan.trunk()
                .map(named -> desk.trunks()
                        .find(account, named)
                        .map(List::of)
                        .orElseThrow(() -> CallRefused.invalid("trunk", "There is no trunk '" + named + "'.")))
                .orElseGet(() -> desk.trunks().route(account, plan.to()));
    }

    private CompletionStage<Placed> start(NewCall plan, Admission.Grant grant, Optional<BrowserLeg> browser) {
        CallSnapshot call = created(plan, CallDirection.OUTBOUND, grant.from())
                .withCharge(grant.tariff().nothing());
        return desk.store()
                .create(createdEvent(plan, call), grant.hold(), plan.idempotency())
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        desk.admission().withdrawn(call.id());
                    }
                })
                .thenCompose(_ -> {
                    Call opened = open(CallMachine.outbound(plan, call, grant.trunkIds(), grant.tariff()));
                    browser.ifPresent(opened::joinedBy);
                    grant.turn().whenComplete((_, late) -> opened.post(itsTurn(late == null)));
                    return plan.waitForDialing()
                            ? Dialling.of(opened, desk.timers()).thenApply(dialled -> new Placed(dialled, true))
                            : CompletableFuture.completedFuture(new Placed(call, true));
                });
    }

    private static CallInput itsTurn(boolean came) {
        return came ? new CallInput.Start() : new CallInput.Hangup(CallInput.HangupBy.QUEUE_TIMEOUT);
    }

    private Call open(CallState state) {
        String id = state.call().id();
        Call call = new Call(desk, state, switchboard, () -> retire(id));
        live.put(id, call);
        return call;
    }

    private void retire(String id) {
        Call ended = live.remove(id);
        if (ended != null) {
            List<TraceEntry> trace = ended.trace();
            traces.keep(id, trace);
            if (ended.traceIsWorthKeeping()) {
                var _ = desk.store().saveTrace(id, trace);
            }
            ended.shown()
                    .quality()
                    .ifPresent(stats -> quality.add(id, desk.clock().instant(), stats));
        }
    }

    /** What was said on the wire for a call that is live, or ended lately. */
    public List<TraceEntry> trace(String callId) {
        Call call = live.get(callId);
        return call != null ? call.showTrace() : traces.of(callId);
    }

    /** Notes how each live call sounds now; whoever owns a clock asks for it. */
    public void sampleQuality() {
        Instant now = desk.clock().instant();
        live.forEach((id, call) -> call.shown().quality().ifPresent(stats -> quality.add(id, now, stats)));
    }

    /** How a call sounded over time, while this node remembers it. */
    public List<QualityLog.Sample> quality(String callId) {
        return quality.of(callId);
    }

    private CallSnapshot created(NewCall plan, CallDirection direction, String from) {
        return new CallSnapshot(
                plan.callId(),
                plan.owner(),
                direction,
                from,
                plan.to(),
                plan.line(),
                plan.trunk(),
                CallStatus.QUEUED,
                CallSnapshot.Times.created(desk.clock().instant()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                plan.tag(),
                plan.metadata(),
                CallSnapshot.Charge.NONE,
                plan.callback(),
                desk.node());
    }

    private CallEvent createdEvent(NewCall plan, CallSnapshot call) {
        Map<String, Object> data = plan.browserOffer()
                .<Map<String, Object>>map(offer -> Map.of("sdp_offer", offer))
                .orElse(Map.of());
        return CallEvent.of(call, 1, "call.created", desk.clock().instant(), data);
    }

    @Override
    public CompletionStage<Void> command(String callId, Verb verb) {
        Call call = require(callId);
        if (verb instanceof Verb.Hold || verb instanceof Verb.Transfer) {
            refuseWhereDialogsAreFixed(call.shown());
        }
        switchboard.objection(call, verb).ifPresent(why -> {
            throw CallRefused.of(409, "conflict", why);
        });
        return call.ask(new CallInput.Command(verb)).thenApply(_ -> null);
    }

    /** WhatsApp answers every request inside the call with an error: better a clear word than a call that fails. */
    private void refuseWhereDialogsAreFixed(CallSnapshot call) {
        if (rule.isWhatsApp(call)) {
            throw CallRefused.of(
                    409, "conflict", "A WhatsApp call can be neither held nor transferred; mute it instead.");
        }
    }

    @Override
    public CompletionStage<Optional<String>> joinBrowser(String callId, BrowserSdp browser, boolean answer) {
        return require(callId).joinBrowser(browser, answer);
    }

    @Override
    public CompletionStage<CallSnapshot> hangup(String callId) {
        return require(callId).ask(new CallInput.Hangup(CallInput.HangupBy.API));
    }

    @Override
    public Optional<CallSnapshot> live(String callId) {
        return Optional.ofNullable(live.get(callId)).map(Call::shown);
    }

    @Override
    public CompletionStage<CallSnapshot> annotate(
            String callId, Optional<String> tag, Optional<Map<String, Object>> metadata) {
        return require(callId).ask(new CallInput.Annotate(tag, metadata));
    }

    private Call require(String callId) {
        Call call = live.get(callId);
        if (call == null) {
            throw CallRefused.of(409, "call_not_active", "This call has ended.");
        }
        return call;
    }

    /** Calls that have not been retired yet. */
    public int active() {
        return live.size();
    }

    /** Takes no new calls from here on. */
    public void drain() {
        draining = true;
    }

    public boolean isDraining() {
        return draining;
    }

    /** Ends every call that is still up. */
    public void hangUpAll() {
        live.values().forEach(call -> call.post(new CallInput.Hangup(CallInput.HangupBy.DRAINING)));
    }

    private static <T> CompletionStage<T> refuse(CallRefused refusal) {
        return CompletableFuture.failedFuture(refusal);
    }

    /** Calls in, given to the stack at its start. */
    public IncomingCalls incoming(InboundRoutes routes) {
        return new Inbound(routes);
    }

    private final class Inbound implements IncomingCalls {
        private final InboundRoutes routes;

        Inbound(InboundRoutes routes) {
            this.routes = routes;
        }

        @Override
        public SipCallListener onIncoming(SipCall sip, SipEvent.Incoming invite) {
            IncomingCall early = new IncomingCall();
            String callId = Ids.next("call");
            routes.find(invite, callId).whenComplete((plan, failure) -> {
                if (failure != null) {
                    sip.reject(503, "Service Unavailable");
                } else if (draining || plan.isEmpty()) {
                    sip.reject(draining ? 503 : 404, draining ? "Service Unavailable" : "Not Found");
                } else {
                    accept(sip, invite, plan.get(), early);
                }
            });
            return early;
        }

        private void accept(SipCall sip, SipEvent.Incoming invite, NewCall plan, IncomingCall early) {
            desk.admission().admitInbound(plan, invite.trunkId()).whenComplete((grant, refused) -> {
                if (refused != null) {
                    Refusal.tell(sip, refused);
                } else {
                    take(sip, invite, plan, grant, early);
                }
            });
        }

        private void take(
                SipCall sip, SipEvent.Incoming invite, NewCall plan, Admission.Grant grant, IncomingCall early) {
            CallSnapshot snapshot = created(plan, CallDirection.INBOUND, invite.from())
                    .withTrunk(invite.trunkId())
                    .withCharge(grant.tariff().nothing());
            desk.store()
                    .create(createdEvent(plan, snapshot), grant.hold(), Optional.empty())
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            desk.admission().withdrawn(snapshot.id());
                            Refusal.tell(sip, failure);
                            return;
                        }
                        Call call = open(CallMachine.inbound(plan, snapshot, grant.tariff()));
                        call.incoming(sip, invite.sdp());
                        call.post(new CallInput.Start());
                        early.becomes(call);
                    });
        }
    }
}
