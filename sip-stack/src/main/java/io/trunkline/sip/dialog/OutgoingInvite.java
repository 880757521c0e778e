package io.trunkline.sip.dialog;

import io.trunkline.sip.InviteRequest;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEnd.Fault;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.auth.DigestClient;
import io.trunkline.sip.trunk.FinalCodes;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.time.Duration;
import java.util.Iterator;
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
    private Iterator<Hop> hops = java.util.Collections.emptyIterator();
    private @Nullable Exchange exchange;
    private @Nullable Hop hop;
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
        this.early = new EarlyDialogs(call, digest);
        this.timer = SessionTimer.offer(call.trunk);
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
        hops = call.ground.hops(call.trunk);
        next(FinalCodes.unreachable(Reason.TRUNK_UNREACHABLE, "no address for any host of the trunk", true));
    }

    /** The next host, or the end that the last one brought. */
    private void next(SipEnd otherwise) {
        if (leaving.isPresent() || !hops.hasNext()) {
            over(otherwise);
            return;
        }
        Hop to = hops.next();
        hop = to;
        provisional = false;
        Exchange attempt = attempt(to);
        exchange = attempt;
        attempt.start();
        if (attempt.sent() && exchange == attempt) {
            call.ground.onSent(call.trunk);
            call.emit(new SipEvent.Sent(to.name() + " (" + to + ")", System.nanoTime()));
            silence = call.after(FIRST_DOUBT, () -> onFirstDoubt(attempt));
        }
    }

    private Exchange attempt(Hop to) {
        return new Exchange(call.ground.wire(), call.strand, to, digest, () -> invite(to), o -> onFinal(to, o))
                .onProvisional((asked, response) -> onProvisional(to, asked, response))
                .onLate(ok -> call.late(ok, () -> new Straggler(call, to, digest).dismiss(ok)));
    }

    private SipRequest invite(Hop to) {
        Trunk.Host host = call.trunk.hosts().stream()
                .filter(h -> h.host().equals(to.name()) && h.transport() == to.transport())
                .findFirst()
                .orElse(new Trunk.Host(to.name(), to.port(), to.transport(), 0, 0));
        Headers extra = proxyRoute().with("Supported", timer.supported()).and(timer.headers());
        return composer.compose(
                call.callId(), call.localTag(), ++seq, to, call.ground.wire(), composer.requestUri(host), extra);
    }

    private Headers proxyRoute() {
        return call.trunk
                .proxy()
                .map(p -> Headers.NONE.with(
                        "Route", "<" + composer.requestUri(p).replaceFirst("sip:[^@]*@", "sip:") + ";lr>"))
                .orElse(Headers.NONE);
    }

    /** Not even a 100 yet: is anybody there at all? */
    private void onFirstDoubt(Exchange attempt) {
        if (exchange != attempt || provisional || hop == null) {
            return;
        }
        if (call.ground.wire().refuses(hop)) {
            attempt.abandon();
            onFinal(hop, new Outcome.Broken("nobody listens on " + hop, false));
        } else {
            silence = call.after(SILENCE.minus(FIRST_DOUBT), () -> onSilence(attempt));
        }
    }

    private void onSilence(Exchange attempt) {
        if (exchange == attempt && !provisional && hops.hasNext()) {
            attempt.orphan();
            call.ground.onAttempt(call.trunk, false);
            next(FinalCodes.unreachable(Reason.TRUNK_UNREACHABLE, "no answer", true));
        }
    }

    private void onProvisional(Hop from, SipRequest asked, SipResponse response) {
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

    private void onFinal(Hop from, Outcome outcome) {
        silence.cancel();
        switch (outcome) {
            case Outcome.Answered answered -> onFinal(from, answered.request(), answered.response());
            case Outcome.Silent silent -> {
                call.ground.onAttempt(call.trunk, false);
                next(FinalCodes.unreachable(Reason.TRUNK_UNREACHABLE, "no answer", !early.ringing()));
            }
            case Outcome.Broken broken -> {
                call.ground.onAttempt(call.trunk, false);
                Reason reason = broken.tls() ? Reason.TLS_FAILED : Reason.TRUNK_UNREACHABLE;
                next(FinalCodes.unreachable(reason, broken.why(), !early.ringing()));
            }
        }
    }

    private void onFinal(Hop from, SipRequest asked, SipResponse response) {
        call.ground.onAttempt(call.trunk, response.code() != 503);
        if (response.success()) {
            answered(from, asked, response);
        } else if (response.code() == 422 && leaving.isEmpty() && timer.raise(response)) {
            again(from);
        } else {
            SipEnd end = FinalCodes.end(response, call.trunk, early.ringing());
            if (end.mayTryElsewhere() && leaving.isEmpty()) {
                next(end);
            } else {
                over(end);
            }
        }
    }

    /** The same host once more, with what it asked for. */
    private void again(Hop to) {
        Exchange attempt = attempt(to);
        exchange = attempt;
        attempt.start();
    }

    private void answered(Hop from, SipRequest asked, SipResponse ok) {
        cancelTimers();
        DialogPath path = DialogPath.ofCaller(asked, ok);
        path.atLeast(Math.max(seq, early.seq(ok.toTag())));
        Session session = call.enter(Session.ofCaller(call, path, from, digest, request.sdp()));
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

    @Override
    public void onRequest(ServerTx request) {
        SipRequest asked = request.request();
        switch (asked.method()) {
            case "UPDATE" -> InviteDialog.respond(request, earlyUpdate(asked));
            case "BYE" -> InviteDialog.respond(request, SipResponse.of(481, "Call/Transaction Does Not Exist"));
            case "INFO", "OPTIONS" -> InviteDialog.respond(request, SipResponse.of(200, "OK"));
            default -> InviteDialog.respond(request, SipResponse.of(491, "Request Pending"));
        }
    }

    /** RFC 3311 5.2: without an offer it only refreshes; an offer before ours is answered must wait. */
    private SipResponse earlyUpdate(SipRequest update) {
        if (update.sdp().isPresent() || hop == null) {
            return SipResponse.of(500, "Server Internal Error").with("Retry-After", "2");
        }
        String contact = "<sip:" + call.ground.wire().contactHostPort(hop) + ">";
        return SipResponse.of(200, "OK").with("Contact", contact);
    }
}
