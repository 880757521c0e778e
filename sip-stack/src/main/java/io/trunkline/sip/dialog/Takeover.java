package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An INVITE wants the place of the peer in an answered call (RFC 3891 3). To the application it is an offer like that of
 * a re-INVITE. Once that is answered the call goes on in the dialog of the new INVITE ({@link Successor}) and the old
 * peer gets its BYE; until then, and when the INVITE comes to nothing, the old dialog is the call's.
 */
final class Takeover implements Phase {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Timers.Timer UNSET = () -> {};

    /** The INVITE, the dialog that it opened for itself, and the one that it names. */
    record Claim(InviteDialog heir, SipRequest invite, Replaces named) {}

    private final Session old;
    private final InviteDialog call;
    private final InviteDialog heir;
    private Optional<String> offerOfOurs = Optional.empty();
    private Timers.Timer answerLimit = UNSET;
    private @Nullable Successor successor;
    private boolean over;

    Takeover(Session old, InviteDialog heir) {
        this.old = old;
        this.call = old.call;
        this.heir = heir;
    }

    /** {@code local} is our session description, offered where the INVITE brings none. */
    void start(SipRequest invite, String local) {
        heir.offer(same -> (dialog, event) -> call.strand.execute(() -> onEvent(event)));
        call.emit(new SipEvent.Replaced(invite.from().user(), invite.from().display()));
        Optional<String> offer = invite.sdp();
        if (offer.isPresent()) {
            answerLimit = call.after(ANSWER_LIMIT, () -> reject(500, "Server Internal Error"));
            call.emit(new SipEvent.Offered(offer.get()));
        } else {
            heir.answer(local);
        }
    }

    /** Its first snapshot says that the new dialog is answered. */
    private void onEvent(SipEvent event) {
        if (successor != null) {
            successor.onEvent(event);
        } else if (event instanceof SipEvent.SnapshotChanged && !over) {
            succeed().onEvent(event);
        } else if (event instanceof SipEvent.Ended) {
            back();
        }
    }

    private Successor succeed() {
        over = true;
        answerLimit.cancel();
        Successor next = call.enter(new Successor(call, old, heir));
        successor = next;
        call.succeededBy(heir);
        old.leave(call::unlist);
        offerOfOurs.ifPresent(next::reinvite);
        return next;
    }

    private void back() {
        if (!over) {
            over = true;
            answerLimit.cancel();
            if (!call.ended()) {
                call.enter(old);
                offerOfOurs.ifPresent(old::reinvite);
            }
        }
    }

    @Override
    public void answer(String sdp) {
        heir.answer(sdp);
    }

    @Override
    public void reject(int code, String phrase) {
        if (!over) {
            heir.reject(code, phrase);
            back();
        }
    }

    @Override
    public void hangup(SipEnd.Reason reason) {
        reject(603, "Decline");
        old.hangup(reason);
    }

    @Override
    public void reinvite(String sdp) {
        offerOfOurs = Optional.of(sdp);
    }

    @Override
    public void refer(String target) {
        old.refer(target);
    }

    @Override
    public void referReplacing(String referTo) {
        old.referReplacing(referTo);
    }

    @Override
    public void transferStatus(int code, String phrase) {
        old.transferStatus(code, phrase);
    }

    @Override
    public void info(char digit, int durationMs) {
        old.info(digit, durationMs);
    }

    @Override
    public void replace(Claim claim) {
        claim.heir.reject(491, "Request Pending");
    }

    @Override
    public void onRequest(ServerTx request) {
        switch (request.request().method()) {
            case "BYE" -> {
                reject(603, "Decline"); // RFC 3891 3: what it names is over
                old.onRequest(request);
            }
            case "INVITE", "UPDATE" -> InviteDialog.respond(request, SipResponse.of(491, "Request Pending"));
            default -> old.onRequest(request);
        }
    }

    @Override
    public void onStray(SipResponse response) {
        old.onStray(response);
    }
}
