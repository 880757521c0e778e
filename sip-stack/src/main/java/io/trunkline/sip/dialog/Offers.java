package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEvent;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Offers and answers inside a call, both ways: re-INVITE and UPDATE, glare (RFC 3261 14), late offers, refreshes that
 * change nothing. One at a time; an offer of ours waits for its turn.
 */
final class Offers {
    /** An application that does not answer an offer in this time has it refused, so that the peer is not left hanging. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private static final Timers.Timer UNSET = () -> {};

    /** The session descriptions in force. */
    record Agreed(String local, String remote) {}

    private final Session session;
    private final InviteDialog call;
    private final SessionTimer timer;
    private Agreed agreed;
    private @Nullable ServerTx theirs;
    private @Nullable Repeater unacknowledged;
    private long acceptedSeq = -1;
    private Consumer<Optional<String>> onAcknowledged = sdp -> {};
    private Runnable afterAck = () -> {};
    private Timers.Timer answerLimit = UNSET;
    private Timers.Timer glare = UNSET;
    private boolean ours;
    private boolean retrying;
    private Optional<String> waiting = Optional.empty();

    Offers(Session session, SessionTimer timer, Agreed agreed) {
        this.session = session;
        this.call = session.call;
        this.timer = timer;
        this.agreed = agreed;
    }

    void remote(String sdp) {
        agreed = new Agreed(agreed.local, sdp);
    }

    String local() {
        return agreed.local;
    }

    /** Whether one of either side is under way, or waits to be made again. */
    boolean busy() {
        return ours || theirs != null || unacknowledged != null || waiting.isPresent() || retrying;
    }

    void stop() {
        answerLimit.cancel();
        glare.cancel();
        if (unacknowledged != null) {
            unacknowledged.stop();
        }
    }

    // ---- our 2xx and its ACK

    /** Sends a 2xx to an INVITE and repeats it until the ACK; {@code then} gets the ACK's SDP after a late offer. */
    void accepted(ServerTx invite, SipResponse ok, boolean lateOffer, Consumer<Optional<String>> then) {
        acceptedSeq = invite.request().cseq();
        onAcknowledged = sdp -> then.accept(lateOffer ? sdp : Optional.empty());
        InviteDialog.respond(invite, ok);
        unacknowledged = new Repeater(call.ground, call.strand, invite, ok, this::onNoAck);
    }

    void onAck(SipRequest ack) {
        if (unacknowledged == null || ack.cseq() != acceptedSeq) {
            return;
        }
        unacknowledged.stop();
        unacknowledged = null;
        ack.sdp().ifPresent(this::remote);
        onAcknowledged.accept(ack.sdp());
        afterAck.run();
        proceed();
    }

    private void onNoAck() {
        unacknowledged = null;
        session.unacknowledged();
        afterAck.run();
    }

    /** Runs at once unless a 2xx of ours still waits for its ACK. */
    void whenAcknowledged(Runnable task) {
        answerLimit.cancel();
        glare.cancel();
        waiting = Optional.empty();
        if (unacknowledged == null) {
            task.run();
        } else {
            afterAck = task;
        }
    }

    /** The peer repeated an INVITE that we have answered. */
    boolean repeat() {
        if (unacknowledged != null) {
            unacknowledged.send();
        }
        return unacknowledged != null;
    }

    // ---- theirs

    void onOffer(ServerTx tx) {
        SipRequest request = tx.request();
        Optional<SipResponse> tooSmall = SessionTimer.tooSmall(request, call.trunk);
        boolean offers = request.method().equals("INVITE") || request.sdp().isPresent();
        if (offers && ours) {
            InviteDialog.respond(tx, SipResponse.of(491, "Request Pending"));
        } else if (offers && (theirs != null || unacknowledged != null)) {
            InviteDialog.respond(
                    tx, SipResponse.of(500, "Server Internal Error").with("Retry-After", "1"));
        } else if (tooSmall.isPresent()) {
            InviteDialog.respond(tx, tooSmall.get());
        } else {
            take(tx, request);
        }
    }

    private void take(ServerTx tx, SipRequest request) {
        if (session.path.refreshTarget(request)) {
            session.save();
        }
        Optional<String> sdp = request.sdp();
        if (sdp.isEmpty() && request.method().equals("UPDATE")) {
            InviteDialog.respond(tx, ok(request, ""));
        } else if (sdp.isEmpty()) {
            // a late offer: what is in force is offered again (RFC 6337 5.2.5)
            accepted(tx, ok(request, agreed.local), true, this::onLateAnswer);
        } else if (sdp.get().equals(agreed.remote) && !agreed.local.isEmpty()) {
            accept(tx, request, agreed.local); // a refresh that changes nothing
        } else {
            theirs = tx;
            answerLimit = call.after(ANSWER_LIMIT, () -> reject(500, "Server Internal Error"));
            call.emit(new SipEvent.Offered(sdp.get()));
        }
    }

    private void onLateAnswer(Optional<String> sdp) {
        sdp.ifPresent(s -> call.emit(new SipEvent.Reanswered(s)));
    }

    private SipResponse ok(SipRequest request, String sdp) {
        Headers headers = Headers.NONE
                .with("Contact", session.path.contact)
                .with("Allow", InviteDialog.allow())
                .with("Supported", Demands.EXTENSIONS)
                .and(timer.answer(request))
                .and(InviteDialog.sdpHeaders(sdp));
        return new SipResponse(200, "OK", headers, sdp);
    }

    private void accept(ServerTx tx, SipRequest request, String sdp) {
        if (request.method().equals("INVITE")) {
            accepted(tx, ok(request, sdp), false, none -> {});
        } else {
            InviteDialog.respond(tx, ok(request, sdp));
            proceed();
        }
    }

    void answer(String sdp) {
        ServerTx tx = theirs;
        if (tx != null) {
            theirs = null;
            answerLimit.cancel();
            agreed = new Agreed(sdp, tx.request().sdp().orElse(agreed.remote));
            accept(tx, tx.request(), sdp);
        }
    }

    void reject(int code, String phrase) {
        ServerTx tx = theirs;
        if (tx != null) {
            theirs = null;
            answerLimit.cancel();
            InviteDialog.respond(tx, SipResponse.of(code >= 300 && code <= 699 ? code : 488, phrase));
            proceed();
        }
    }

    /** Their re-INVITE taken back. */
    void onCancel(ServerTx cancel) {
        InviteDialog.respond(cancel, SipResponse.of(200, "OK"));
        reject(487, "Request Terminated");
    }

    // ---- ours

    void offer(String sdp) {
        if (ours || theirs != null || unacknowledged != null) {
            waiting = Optional.of(sdp);
        } else {
            send(sdp, true);
        }
    }

    /** A session refresh by re-INVITE, saying again what is in force. */
    void refresh() {
        if (!ours && theirs == null && unacknowledged == null) {
            send(agreed.local, false);
        }
    }

    private void proceed() {
        Optional<String> next = waiting;
        waiting = Optional.empty();
        next.ifPresent(this::offer);
    }

    private void send(String sdp, boolean asked) {
        ours = true;
        Headers headers = Headers.NONE
                .with("Contact", session.path.contact)
                .with("Allow", InviteDialog.allow())
                .and(timer.request())
                .and(InviteDialog.sdpHeaders(sdp));
        session.request("INVITE", headers, sdp, outcome -> onOutcome(sdp, asked, outcome));
    }

    private void onOutcome(String sdp, boolean asked, Outcome outcome) {
        ours = false;
        switch (outcome) {
            case Outcome.Answered(SipRequest request, SipResponse response) -> onFinal(sdp, asked, request, response);
            case Outcome.Silent silent -> session.lost("no answer to a re-INVITE");
            case Outcome.Broken broken -> fail(asked, 503, broken.why());
        }
        proceed();
    }

    private void onFinal(String sdp, boolean asked, SipRequest request, SipResponse response) {
        if (response.success()) {
            session.path.refreshTarget(response);
            session.acknowledge(request.cseq());
            agreed = new Agreed(sdp, response.sdp().orElse(agreed.remote));
            timer.agreed(response);
            session.save();
            if (asked) {
                call.emit(new SipEvent.Reanswered(agreed.remote));
            }
        } else if (response.code() == 491) {
            retrying = true;
            glare = call.after(glareDelay(), () -> {
                retrying = false;
                if (asked) {
                    offer(sdp);
                } else {
                    refresh();
                }
            });
        } else if (response.code() == 481 || response.code() == 408) {
            session.lost("the peer no longer knows the call");
        } else {
            fail(asked, response.code(), response.phrase());
        }
    }

    private void fail(boolean asked, int code, String phrase) {
        if (asked) {
            call.emit(new SipEvent.ReofferFailed(code, phrase));
        }
    }

    /** RFC 3261 14.1: the owner of the Call-ID waits 2.1 to 4 s, the other up to 2 s. */
    private Duration glareDelay() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Duration.ofMillis(session.caller ? random.nextInt(2100, 4000) : random.nextInt(10, 2000));
    }
}
