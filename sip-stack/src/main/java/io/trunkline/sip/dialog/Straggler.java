package io.trunkline.sip.dialog;

import io.trunkline.sip.auth.DigestClient;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.WireException;

/** A second 2xx from another branch of a fork: acknowledged and hung up (RFC 3261 13.2.2.4). */
final class Straggler {
    private final InviteDialog call;
    private final Hop heard;
    private final DigestClient digest;

    Straggler(InviteDialog call, Hop heard, DigestClient digest) {
        this.call = call;
        this.heard = heard;
        this.digest = digest;
    }

    void dismiss(SipResponse ok) {
        SipRequest invite = new SipRequest(
                "INVITE",
                ok.to().uri(),
                Headers.NONE
                        .with("From", ok.header("From"))
                        .with("To", ok.header("To"))
                        .with("Call-ID", ok.callId())
                        .with("CSeq", ok.cseq() + " INVITE")
                        .with("Contact", "<sip:" + call.ground.wire().contactHostPort(heard) + ">"),
                "");
        DialogPath path = DialogPath.ofCaller(invite, ok);
        Hop hop = call.ground.hop(path.nextHopUri(), heard, call.trunk);
        try {
            call.ground.wire().sendAlone(path.request("ACK", ok.cseq(), Headers.NONE, ""), hop);
        } catch (WireException e) {
            return; // it repeats its 2xx
        }
        new Exchange(
                        call.ground.wire(),
                        call.strand,
                        hop,
                        digest,
                        () -> path.request("BYE", path.nextSeq(), Headers.NONE, ""),
                        outcome -> {})
                .start();
    }
}
