package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipResponse;
import java.util.function.Consumer;

/**
 * A call whose dialog was replaced: commands go on to the new dialog, and what happens there is told as this call's. Of
 * the old one only the goodbye is left.
 */
final class Successor implements Phase {
    private final InviteDialog call;
    private final Session old;
    private final InviteDialog heir;

    Successor(InviteDialog call, Session old, InviteDialog heir) {
        this.call = call;
        this.old = old;
        this.heir = heir;
    }

    /** What the new dialog tells, on this call's strand. */
    void onEvent(SipEvent event) {
        switch (event) {
            case SipEvent.Ended(SipEnd end) -> {
                call.end(end);
                call.close();
            }
            case SipEvent.SnapshotChanged(String snapshot) -> call.snapshot(snapshot);
            case SipEvent.Confirmed(var sdp) -> sdp.ifPresent(answer -> call.emit(new SipEvent.Reanswered(answer)));
            case SipEvent.Offered _,
                    SipEvent.Reanswered _,
                    SipEvent.ReofferFailed _,
                    SipEvent.Replaced _,
                    SipEvent.Digit _,
                    SipEvent.TransferProgress _,
                    SipEvent.TransferRequested _ -> call.emit(event);
            case SipEvent.Incoming _,
                    SipEvent.Sent _,
                    SipEvent.Trying _,
                    SipEvent.Ringing _,
                    SipEvent.EarlyMedia _,
                    SipEvent.Answered _ -> {
                // of calls that are not answered yet
            }
        }
    }

    @Override
    public void answer(String sdp) {
        heir.answer(sdp);
    }

    @Override
    public void reject(int code, String phrase) {
        heir.reject(code, phrase);
    }

    @Override
    public void hangup(SipEnd.Reason reason) {
        heir.hangup(reason);
    }

    @Override
    public void reinvite(String sdp) {
        heir.reinvite(sdp);
    }

    @Override
    public void refer(String target) {
        heir.refer(target);
    }

    @Override
    public void referReplacing(String referTo) {
        heir.command(there -> there.referReplacing(referTo));
    }

    @Override
    public void replaceable(Consumer<String> then) {
        heir.command(there -> there.replaceable(then));
    }

    @Override
    public void transferStatus(int code, String phrase) {
        heir.transferStatus(code, phrase);
    }

    @Override
    public void info(char digit, int durationMs) {
        heir.info(digit, durationMs);
    }

    /** RFC 3891 3: what it names is over. */
    @Override
    public void replace(Takeover.Claim claim) {
        claim.heir().reject(603, "Decline");
    }

    /** Our BYE is on its way, or answered. */
    @Override
    public void onRequest(ServerTx request) {
        boolean bye = request.request().method().equals("BYE");
        InviteDialog.respond(
                request, bye ? SipResponse.of(200, "OK") : SipResponse.of(481, "Call/Transaction Does Not Exist"));
    }

    @Override
    public void onStray(SipResponse response) {
        old.onStray(response);
    }
}
