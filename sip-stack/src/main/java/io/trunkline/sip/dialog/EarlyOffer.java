package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEvent;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import org.jspecify.annotations.Nullable;

/** UPDATE before the answer (RFC 3311 5.2): an offer may come once ours is answered, and one at a time. */
final class EarlyOffer {
    private final InviteDialog call;
    private @Nullable ServerTx waiting;
    private String local;

    EarlyOffer(InviteDialog call, String local) {
        this.call = call;
        this.local = local;
    }

    /** Our session description as it is in force. */
    String local() {
        return local;
    }

    /** Without an offer it only refreshes. */
    void onUpdate(ServerTx update, boolean agreed, Headers contact) {
        SipRequest asked = update.request();
        if (asked.sdp().isEmpty()) {
            InviteDialog.respond(update, new SipResponse(200, "OK", contact, ""));
        } else if (agreed && waiting == null) {
            waiting = update;
            call.emit(new SipEvent.Offered(asked.sdp().get()));
        } else {
            InviteDialog.respond(
                    update, SipResponse.of(500, "Server Internal Error").with("Retry-After", "2"));
        }
    }

    void answer(String sdp, Headers contact) {
        if (waiting != null) {
            local = sdp;
            settle(new SipResponse(200, "OK", contact.and(InviteDialog.sdpHeaders(sdp)), sdp));
        }
    }

    void refuse(int code, String phrase) {
        settle(SipResponse.of(code, phrase));
    }

    private void settle(SipResponse response) {
        ServerTx update = waiting;
        waiting = null;
        if (update != null) {
            InviteDialog.respond(update, response);
        }
    }
}
