package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEnd.Fault;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.trunk.FinalCodes;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.Source;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call in until it is answered or over: ringing, early media (reliable where the caller insists), the final answer. */
final class IncomingInvite implements Phase {
    private final InviteDialog call;
    private final ServerTx invite;
    private final SipRequest request;
    private final DialogPath path;
    private final Hop heard;
    private @Nullable Repeater reliable;
    private long rseq;
    private Runnable afterPrack = () -> {};

    IncomingInvite(InviteDialog call, ServerTx invite) {
        this.call = call;
        this.invite = invite;
        this.request = invite.request();
        this.heard = heard(invite.source(), call);
        String contact = "<sip:" + call.ground.wire().contactHostPort(heard) + ">";
        this.path = DialogPath.ofCallee(request, call.localTag(), contact);
    }

    private static Hop heard(Source source, InviteDialog call) {
        String name = source.address().getHostAddress();
        return new Hop(source.address(), source.port(), source.transport(), name, Optional.of(call.trunk.tls()));
    }

    @Override
    public void ring(String sdp) {
        int code = sdp.isEmpty() ? 180 : 183;
        String phrase = sdp.isEmpty() ? "Ringing" : "Session Progress";
        boolean insists = request.headers().lists("Require", "100rel");
        if (reliable != null) {
            afterPrack = () -> ring(sdp); // RFC 3262 3: one at a time
            return;
        }
        SipResponse response = response(code, phrase, sdp, Headers.NONE);
        if (insists) {
            rseq = rseq == 0 ? 1 : rseq + 1;
            response = response.with("Require", "100rel").with("RSeq", Long.toString(rseq));
            reliable = new Repeater(call.ground, call.strand, invite, response, () -> reject(504, "No PRACK"));
        }
        InviteDialog.respond(invite, response);
    }

    private SipResponse response(int code, String phrase, String sdp, Headers extra) {
        Headers headers = Headers.NONE
                .with("To", path.local)
                .with("Contact", path.contact)
                .with("Allow", InviteDialog.allow())
                .with("Supported", Demands.EXTENSIONS)
                .and(extra)
                .and(InviteDialog.sdpHeaders(sdp));
        return new SipResponse(code, phrase, headers, sdp);
    }

    @Override
    public void answer(String sdp) {
        if (reliable != null) {
            afterPrack = () -> answer(sdp); // RFC 3262 3: not before the PRACK of a provisional with SDP
            return;
        }
        Session session = Session.ofCallee(call, path, heard, sdp, request.sdp().orElse(""));
        Headers timer = session.timerAnswer(request);
        SipResponse ok = response(200, "OK", sdp, timer);
        call.enter(session);
        session.acceptedInvite(invite, ok, request.sdp().isEmpty());
    }

    @Override
    public void reject(int code, String phrase) {
        int sound = code >= 300 && code <= 699 ? code : 603;
        finish(SipResponse.of(sound, clean(phrase)).with("To", path.local));
        call.end(new SipEnd(
                Fault.CALLER, Reason.DECLINED, sound, clean(phrase), Optional.empty(), Optional.empty(), false, false));
        call.close();
    }

    private static String clean(String phrase) {
        return phrase.replaceAll("\\p{Cntrl}", " ");
    }

    private void finish(SipResponse response) {
        if (reliable != null) {
            reliable.stop();
        }
        InviteDialog.respond(invite, response);
    }

    /** Ended by us before an answer. */
    @Override
    public void hangup(Reason reason) {
        boolean late = reason == Reason.RING_TIMEOUT;
        int code = late ? 480 : 603;
        finish(SipResponse.of(code, late ? "Temporarily Unavailable" : "Decline")
                .with("To", path.local));
        Reason said = reason == Reason.HANGUP_LOCAL ? Reason.CANCELLED : reason;
        call.end(new SipEnd(Fault.CALLER, said, code, "", Optional.empty(), Optional.empty(), false, false));
        call.close();
    }

    @Override
    public void onRequest(ServerTx asked) {
        switch (asked.request().method()) {
            case "CANCEL" -> onCancel(asked);
            case "PRACK" -> onPrack(asked);
            case "BYE" -> onEarlyBye(asked);
            case "UPDATE" -> onUpdate(asked);
            case "INVITE" ->
                InviteDialog.respond(
                        asked, SipResponse.of(500, "Server Internal Error").with("Retry-After", "3"));
            default -> InviteDialog.respond(asked, SipResponse.of(200, "OK"));
        }
    }

    private void onCancel(ServerTx cancel) {
        InviteDialog.respond(cancel, SipResponse.of(200, "OK").with("To", path.local));
        finish(SipResponse.of(487, "Request Terminated").with("To", path.local));
        given(cancel.request(), 487);
    }

    private void onEarlyBye(ServerTx bye) {
        InviteDialog.respond(bye, SipResponse.of(200, "OK"));
        finish(SipResponse.of(487, "Request Terminated").with("To", path.local));
        given(bye.request(), 487);
    }

    private void given(SipRequest why, int code) {
        call.end(new SipEnd(
                Fault.CALLER,
                Reason.CANCELLED,
                code,
                "Request Terminated",
                FinalCodes.q850(why),
                Optional.empty(),
                false,
                false));
        call.close();
    }

    /** RFC 3262 3: RAck must name the provisional that waits. */
    private void onPrack(ServerTx prack) {
        String expected = rseq + " " + request.cseq() + " INVITE";
        String rack = prack.request().header("RAck").orElse("").strip().replaceAll("\\s+", " ");
        if (reliable == null || !rack.equalsIgnoreCase(expected)) {
            InviteDialog.respond(prack, SipResponse.of(481, "Call/Transaction Does Not Exist"));
            return;
        }
        reliable.stop();
        reliable = null;
        path.inOrder(prack.request());
        InviteDialog.respond(prack, SipResponse.of(200, "OK"));
        Runnable next = afterPrack;
        afterPrack = () -> {};
        next.run();
    }

    private void onUpdate(ServerTx update) {
        boolean offer = update.request().sdp().isPresent();
        SipResponse answer = offer
                ? SipResponse.of(500, "Server Internal Error").with("Retry-After", "2")
                : SipResponse.of(200, "OK").with("Contact", path.contact);
        InviteDialog.respond(update, answer);
    }
}
