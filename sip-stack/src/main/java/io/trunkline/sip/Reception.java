package io.trunkline.sip;

import io.trunkline.sip.auth.DigestServer;
import io.trunkline.sip.dialog.Demands;
import io.trunkline.sip.dialog.InviteDialog;
import io.trunkline.sip.dialog.Replaces;
import io.trunkline.sip.wire.Inbox;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.SipUri;
import io.trunkline.sip.wire.Source;
import io.trunkline.sip.wire.WireException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in every request: brings it to its call, makes a call of an INVITE from a trunk, turns the rest away. */
final class Reception implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Verdict TAKE = new Verdict.Take();
    private static final Verdict IGNORE = new Verdict.Ignore();
    private static final int MOST_CALLS = 20_000;

    private final Calls calls;
    private final IncomingCalls incoming;
    private final Doorman doorman;
    private final Pressure pressure;
    private final boolean answerStrangers;
    private final DigestServer digest = new DigestServer(InstantSource.system());
    private final LongAdder invites = new LongAdder();
    private final LongAdder strangers = new LongAdder();

    Reception(Calls calls, IncomingCalls incoming, Doorman doorman, Pressure pressure, boolean answerStrangers) {
        this.calls = calls;
        this.incoming = incoming;
        this.doorman = doorman;
        this.pressure = pressure;
        this.answerStrangers = answerStrangers;
    }

    /** Calls in, refused ones included. */
    long invites() {
        return invites.sum();
    }

    /** Those who came past the door by their address and are no trunk after all. */
    long strangers() {
        return strangers.sum();
    }

    // ---- before there is a transaction

    @Override
    public Verdict judge(SipRequest request, Source source) {
        if (!request.toTag().isEmpty() || request.method().equals("CANCEL")) {
            return calls.knows(request) || caller(source).isPresent() ? TAKE : IGNORE;
        }
        Optional<Trunk> trunk = caller(source);
        if (trunk.isEmpty()) {
            strangers.increment();
            return answerStrangers ? refuse(403, "Forbidden") : IGNORE;
        }
        boolean newCall = request.method().equals("INVITE") && !calls.knows(request);
        return newCall ? judgeCall(request, source, trunk.get()) : TAKE;
    }

    private Optional<Trunk> caller(Source source) {
        return calls.trunks().table().caller(source);
    }

    private Verdict judgeCall(SipRequest invite, Source source, Trunk trunk) {
        if (calls.size() >= MOST_CALLS || pressure.tooHigh()) {
            invites.increment();
            return new Verdict.Refuse(SipResponse.of(503, "Service Unavailable").with("Retry-After", "5"));
        }
        Verdict verdict = trunk.challenge() ? challenge(invite, source, trunk) : TAKE;
        return verdict.equals(TAKE) ? demands(invite, trunk) : verdict;
    }

    private Verdict demands(SipRequest invite, Trunk trunk) {
        Optional<SipResponse> refusal = Demands.unmet(invite, trunk);
        refusal.ifPresent(response -> invites.increment());
        return refusal.<Verdict>map(Verdict.Refuse::new).orElse(TAKE);
    }

    /** Whether the caller has shown the trunk's credentials, where the trunk wants them. */
    private Verdict challenge(SipRequest invite, Source source, Trunk trunk) {
        String realm = trunk.identity().fromHost().orElse("trunkline");
        DigestServer.Verdict verdict = digest.check(invite, trunk, realm);
        return switch (verdict) {
            case NONE, STALE -> new Verdict.Refuse(digest.challenge(realm, verdict == DigestServer.Verdict.STALE));
            case WRONG -> {
                invites.increment();
                doorman.guessed(source.address());
                yield refuse(403, "Forbidden");
            }
            case RIGHT -> TAKE;
        };
    }

    private static Verdict refuse(int code, String phrase) {
        return new Verdict.Refuse(SipResponse.of(code, phrase));
    }

    // ---- with one

    @Override
    public void onRequest(ServerTx tx) {
        SipRequest request = tx.request();
        Optional<InviteDialog> dialog = calls.dialog(request);
        if (dialog.isPresent()) {
            dialog.get().onRequest(tx);
        } else if (request.method().equals("CANCEL") || !request.toTag().isEmpty()) {
            respond(tx, 481, "Call/Transaction Does Not Exist");
        } else {
            caller(tx.source()).ifPresent(trunk -> onFirst(tx, request, trunk));
        }
    }

    private void onFirst(ServerTx tx, SipRequest request, Trunk trunk) {
        switch (request.method()) {
            case "INVITE" -> onInvite(tx, request, trunk);
            case "OPTIONS" -> respond(tx, 200, "OK");
            case "ACK" -> LOG.trace("an ACK for nothing");
            case "REGISTER" -> respond(tx, 403, "Forbidden");
            case "SUBSCRIBE", "NOTIFY" -> respond(tx, 489, "Bad Event");
            case "BYE", "UPDATE", "PRACK", "INFO", "REFER" -> respond(tx, 481, "Call/Transaction Does Not Exist");
            default -> respond(tx, 405, "Method Not Allowed");
        }
    }

    private void onInvite(ServerTx tx, SipRequest request, Trunk trunk) {
        invites.increment();
        Optional<Calls.Inbound> known = calls.inbound(request);
        if (known.isPresent()) {
            copy(tx, request, known.get());
            return;
        }
        InviteDialog dialog = InviteDialog.incoming(calls, trunk, tx);
        calls.cameIn(dialog, request);
        Optional<Replaces> replaces = Replaces.of(request);
        if (replaces.isPresent()) {
            takeOver(dialog, request, replaces.get());
            return;
        }
        pressure.begun();
        dialog.offer(call -> {
            try {
                return incoming.onIncoming(call, event(request, trunk));
            } finally {
                pressure.taken();
            }
        });
    }

    /** RFC 3891: a trunk may give its place in a call to another, and in no call but its own. */
    private void takeOver(InviteDialog dialog, SipRequest request, Replaces named) {
        calls.replaced(named, dialog.trunk())
                .ifPresentOrElse(
                        old -> old.replaceBy(dialog, request, named),
                        () -> dialog.reject(481, "Call/Transaction Does Not Exist"));
    }

    /** RFC 3261 8.2.2.2: the same call by another way is a loop. */
    private static void copy(ServerTx tx, SipRequest request, Calls.Inbound known) {
        if (known.branch().equals(request.branch())) {
            known.dialog().onRequest(tx);
        } else {
            answer(tx, SipResponse.of(482, "Loop Detected"));
        }
    }

    private static SipEvent.Incoming event(SipRequest request, Trunk trunk) {
        String to = SipUri.parse(request.uri())
                .map(SipUri::user)
                .filter(u -> !u.isEmpty())
                .orElseGet(() -> request.to().user());
        return new SipEvent.Incoming(
                trunk.id(),
                request.from().user(),
                to,
                request.from().display(),
                request.sdp(),
                request.headers().asMap());
    }

    private static void respond(ServerTx tx, int code, String phrase) {
        answer(
                tx,
                SipResponse.of(code, phrase)
                        .with("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, REFER, NOTIFY"));
    }

    private static void answer(ServerTx tx, SipResponse response) {
        try {
            tx.respond(response);
        } catch (WireException e) {
            LOG.debug("a refusal did not leave: {}", e.getMessage());
        }
    }

    @Override
    public void onStray(SipResponse response) {
        calls.caller(response).ifPresent(dialog -> dialog.onStray(response));
    }
}
