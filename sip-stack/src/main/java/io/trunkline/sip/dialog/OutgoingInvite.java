package io.trunkline.sip.dialog;

import io.trunkline.sip.InviteRequest;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEnd.Fault;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.auth.DigestClient;
import io.trunkline.sip.trunk.FinalCodes;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call out until it is answered or over: host after host while that is right, ringing, early media, CANCEL. What a
 * carrier still owes after the end (a 487, a late 200) is dealt with here, unheard.
 */
final class OutgoingInvite implements Phase {
    /** A host that says nothing for this long is given up for the next one, where there is one. */
    private static final Duration SILENCE = Duration.ofMillis(4500);

    private static final Duration FIRST_DOUBT = Duration.ofMillis(600);

    /** How long the end waits for the carrier's own word after a CANCEL. */
    private static final Duration GRACE = Duration.ofMillis(400);

    /** RFC 3261 9.1: no final response this long after a CANCEL, and the INVITE is considered cancelled. */
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(32);

    private static final Timers.Timer UNSET = () -> {};

    private final InviteDialog call;
    private final InviteRequest request;
    private final InviteHeaders composer;
    private final DigestClient digest;
    private final EarlyDialogs early;
    private final SessionTimer.Offer timer;
    private final Ways ways;
    private final EarlyOffer changes;
    private @Nullable Exchange exchange;
    private Ways.@Nullable Way way;
    private Timers.Timer ringLimit = UNSET;
    private Timers.Timer silence = UNSET;
    private Timers.Timer grace = UNSET;
    private Timers.Timer cancelLimit = UNSET;
    private Optional<Reason> leaving = Optional.empty();
    private boolean provisional;
    private boolean cancelled;
    private boolean trying;
    private long seq;

    OutgoingInvite(InviteDialog call, InviteRequest request) {
        this.call = call;
        this.request = request;
        this.composer = new InviteHeaders(request, call.trunk);
        this.digest = new DigestClient(call.trunk.auth());
        this.early = new EarlyDialogs(call);
        this.timer = SessionTimer.offer(call.trunk);
        this.ways = new Ways(call, request);
        this.changes = new EarlyOffer(call, request.sdp());
    }

    void start() {
        if (leaving.isPresent()) {
            return;
        }
        Optional<String> problem = composer.problem();
        if (problem.isPresent()) {
            String words = "cannot be said in SIP: " + problem.get();
            over(new SipEnd(
                    Fault.CALLER, Reason.BAD_REQUEST, 0, words, Optional.empty(), Optional.empty(), false, false));
            return;
        }
        ringLimit = call.after(request.ringTimeout(), () -> hangup(Reason.RING_TIMEOUT));
        ways.start(composer, digest);
        next(FinalCodes.unreachable(Reason.TRUNK_UNREACHABLE, "no address for any host of the trunk", true));
    }

    /** The next host, or the end that the last one brought. */
    private void next(SipEnd otherwise) {
        if (leaving.isPresent() || !ways.more()) {
            over(otherwise);
            return;
        }
        Ways.Way to = ways.next();
        way = to;
        provisional = false;
        Exchange attempt = attempt(to);
        exchange = attempt;
        attempt.start();
        if (attempt.sent() && exchange == attempt) {
            call.ground.onSent(call.trunk);
            call.emit(new SipEvent.Sent(to.hop().name() + " (" + to.hop() + ")", System.nanoTime()));
            silence = call.after(FIRST_DOUBT, () -> onFirstDoubt(attempt));
        }
    }

    private Exchange attempt(Ways.Way to) {
        Hop hop = to.hop();
        return new Exchange(call.ground.wire(), call.strand, hop, to.digest(), () -> invite(to), o -> onFinal(to, o))
                .onProvisional((asked, response) -> onProvisional(to, asked, response))
                .onLate(ok -> call.late(ok, () -> new Straggler(call, hop, to.digest()).dismiss(ok)));
    }

    private SipRequest invite(Ways.Way to) {
        Headers extra =
                Headers.NONE.with("Supported", timer.supported() + ", replaces").and(timer.headers());
        return to.invite(call, ++seq, extra);
    }

    /** Not even a 100 yet: is anybody there at all? */
    private void onFirstDoubt(Exchange attempt) {
        if (exchange != attempt || provisional || way == null) {
            return;
        }
        if (call.ground.wire().refuses(way.hop())) {
            attempt.abandon();
            onFinal(way, new Outcome.Broken("nobody listens on " + way.hop(), false));
        } else {
            silence = call.after(SILENCE.minus(FIRST_DOUBT), () -> onSilence(attempt));
        }
    }

    private void onSilence(Exchange attempt) {
        if (exchange == attempt && !provisional && ways.more()) {
            attempt.orphan();
            call.ground.onAttempt(call.trunk, false);
            next(FinalCodes.unreachable(Reason.TRUNK_UNREACHABLE, "no answer", true));
        }
    }

    private void onProvisional(Ways.Way from, SipRequest asked, SipResponse response) {
        provisional = true;
        silence.cancel();
        if (leaving.isPresent()) {
            cancel();
        } else if (response.code() == 100) {
            if (!trying) {
                trying = true;
                call.emit(new SipEvent.Trying());
            }
        } else {
            early.onProvisional(asked, response, from);
        }
    }

    private void onFinal(Ways.Way from, Outcome outcome) {
        silence.cancel();
        switch (outcome) {
            case Outcome.Answered(SipRequest asked, SipResponse response) -> onFinal(from, asked, response);
            case Outcome.Silent silent -> unreachable(from, Reason.TRUNK_UNREACHABLE, "no answer");
            case Outcome.Broken broken ->
                unreachable(from, broken.tls() ? Reason.TLS_FAILED : Reason.TRUNK_UNREACHABLE, broken.why());
        }
    }

    private void unreachable(Ways.Way from, Reason reason, String why) {
        if (!from.detour()) {
            call.ground.onAttempt(from.trunk(), false);
        }
        next(FinalCodes.unreachable(reason, why, !early.ringing()));
    }

    private void onFinal(Ways.Way from, SipRequest asked, SipResponse response) {
        ways.arrived();
        call.ground.onAttempt(from.trunk(), response.code() != 503);
        if (response.success()) {
            answered(from, asked, response);
        } else if (response.code() == 422 && leaving.isEmpty() && timer.raise(response)) {
            again(from);
        } else {
            SipEnd end = FinalCodes.end(response, call.trunk, early.ringing());
            boolean onward = end.mayTryElsewhere() || ways.follow(response);
            if (onward && leaving.isEmpty()) {
                next(end);
            } else {
                over(end);
            }
        }
    }

    /** The same host once more, with what it asked for. */
    private void again(Ways.Way to) {
        Exchange attempt = attempt(to);
        exchange = attempt;
        attempt.start();
    }

    private void answered(Ways.Way from, SipRequest asked, SipResponse ok) {
        cancelTimers();
        changes.refuse(500, "Server Internal Error");
        DialogPath path = DialogPath.ofCaller(asked, ok);
        path.atLeast(Math.max(seq, early.seq(ok.toTag())));
        Session session = call.enter(Session.ofCaller(call, path, from.hop(), from.digest(), changes.local()));
        session.acknowledge(asked.cseq());
        if (leaving.isPresent()) {
            call.end(cancelEnd(leaving.get(), 200, true));
            session.hangup(leaving.get());
            return;
        }
        session.established(ok);
        call.emit(new SipEvent.Answered(ok.sdp(), ok.headers().asMap()));
    }

    @Override
    public void hangup(Reason reason) {
        if (leaving.isPresent()) {
            return;
        }
        leaving = Optional.of(reason);
        ringLimit.cancel();
        silence.cancel();
        if (exchange == null || !exchange.sent()) {
            over(cancelEnd(reason, 0, false));
            return;
        }
        grace = call.after(GRACE, () -> call.end(cancelEnd(reason, 0, false)));
        if (provisional) {
            cancel();
        }
    }

    /** Only once a provisional has come (RFC 3261 9.1); the first one after a hang-up triggers it. */
    private void cancel() {
        if (!cancelled && exchange != null) {
            cancelled = true;
            exchange.cancel(Headers.NONE.with("Reason", "SIP;cause=487;text=\"Request Terminated\""));
            cancelLimit = call.after(CANCEL_LIMIT, this::abandon);
        }
    }

    private void abandon() {
        if (exchange != null) {
            exchange.abandon();
        }
        call.close();
    }

    private void over(SipEnd end) {
        cancelTimers();
        Reason reason = leaving.orElse(end.reason());
        call.end(leaving.isPresent() ? cancelEnd(reason, end.sipCode(), false) : end);
        call.close();
    }

    private static SipEnd cancelEnd(Reason wanted, int code, boolean answered) {
        Reason reason = wanted == Reason.HANGUP_LOCAL ? Reason.CANCELLED : wanted;
        Fault fault = reason == Reason.RING_TIMEOUT ? Fault.THEIRS : Fault.CALLER;
        String phrase = code == 487 ? "Request Terminated" : "";
        return new SipEnd(fault, reason, code, phrase, Optional.empty(), Optional.empty(), answered, false);
    }

    private void cancelTimers() {
        ringLimit.cancel();
        silence.cancel();
        grace.cancel();
        cancelLimit.cancel();
    }

    /** RFC 3891 3 lets it be picked up elsewhere; our offer is already out to the one it rings at. */
    @Override
    public void replace(Takeover.Claim claim) {
        claim.heir().reject(603, "Decline");
    }

    @Override
    public void onRequest(ServerTx request) {
        SipRequest asked = request.request();
        switch (asked.method()) {
            case "UPDATE" -> onUpdate(request, asked);
            case "BYE" -> InviteDialog.respond(request, SipResponse.of(481, "Call/Transaction Does Not Exist"));
            case "INFO", "OPTIONS" -> InviteDialog.respond(request, SipResponse.of(200, "OK"));
            default -> InviteDialog.respond(request, SipResponse.of(491, "Request Pending"));
        }
    }

    private void onUpdate(ServerTx update, SipRequest asked) {
        changes.onUpdate(update, early.agreed(asked.fromTag()), contact());
    }

    private Headers contact() {
        return way == null
                ? Headers.NONE
                : Headers.NONE.with("Contact", "<sip:" + call.ground.wire().contactHostPort(way.hop()) + ">");
    }

    @Override
    public void answer(String sdp) {
        changes.answer(sdp, contact());
    }

    @Override
    public void reject(int code, String phrase) {
        changes.refuse(code >= 300 && code <= 699 ? code : 488, phrase);
    }
}
