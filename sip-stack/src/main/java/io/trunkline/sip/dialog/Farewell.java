package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEnd.Fault;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.trunk.FinalCodes;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.util.Optional;

/** How an answered call ends: a BYE of either side, a peer that has forgotten it, a 200 that nobody acknowledges. */
final class Farewell {
    private final Session session;
    private final InviteDialog call;
    private final SessionTimer timer;
    private final Offers offers;
    private boolean begun;
    private boolean left;

    Farewell(Session session, SessionTimer timer, Offers offers) {
        this.session = session;
        this.call = session.call;
        this.timer = timer;
        this.offers = offers;
    }

    /** Whether our BYE is on its way: nothing else is asked of the peer any more. */
    boolean begun() {
        return begun;
    }

    /** The dialog is another's now: a BYE, and no end of the call. */
    void leave(Runnable then) {
        left = true;
        bye(Headers.NONE, then);
    }

    void hangup(Reason reason) {
        Fault fault = reason == Reason.SESSION_EXPIRED ? Fault.NETWORK : Fault.CALLER;
        bye(Headers.NONE.with("Reason", "Q.850;cause=16;text=\"Normal call clearing\""));
        end(fault, reason, 200, "");
    }

    void lost(String why) {
        bye(Headers.NONE);
        end(Fault.NETWORK, Reason.HANGUP_REMOTE, 481, why);
    }

    void unacknowledged() {
        bye(Headers.NONE);
        end(Fault.NETWORK, Reason.TRUNK_ERROR, 408, "No ACK for our 200");
    }

    private void bye(Headers reason) {
        bye(reason, call::close);
    }

    private void bye(Headers reason, Runnable then) {
        if (begun) {
            return;
        }
        begun = true;
        timer.stop();
        // RFC 3261 15: the callee says BYE only once its 2xx is acknowledged, or given up
        offers.whenAcknowledged(() -> session.request("BYE", reason, "", outcome -> then.run()));
    }

    private void end(Fault fault, Reason reason, int code, String words) {
        if (left) {
            return;
        }
        call.end(new SipEnd(fault, reason, code, words, Optional.empty(), Optional.empty(), true, false));
    }

    void onBye(ServerTx bye) {
        SipRequest request = bye.request();
        InviteDialog.respond(bye, SipResponse.of(200, "OK"));
        timer.stop();
        offers.stop();
        call.end(new SipEnd(
                Fault.THEIRS,
                FinalCodes.hangup(request),
                200,
                request.header("Reason").orElse(""),
                FinalCodes.q850(request),
                request.header("Warning"),
                true,
                false,
                request.headers().asMap()));
        call.close();
    }
}
