package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.auth.DigestClient;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.WireException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answered call: the same for both directions. */
final class Session implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    final InviteDialog call;
    final DialogPath path;
    final boolean caller;
    private final Hop heard;
    private final DigestClient digest;
    private final SessionTimer timer;
    private final Offers offers;
    private final Transfer transfer;
    private final Farewell farewell;
    private @Nullable SipRequest lastAck;
    private boolean peerUpdates;

    private Session(
            InviteDialog call, DialogPath path, Hop heard, DigestClient digest, boolean caller, Offers.Agreed agreed) {
        this.call = call;
        this.path = path;
        this.heard = heard;
        this.digest = digest;
        this.caller = caller;
        this.timer = new SessionTimer(call, this::refresh, this::expired);
        this.offers = new Offers(this, timer, agreed);
        this.transfer = new Transfer(this);
        this.farewell = new Farewell(this, timer, offers);
    }

    static Session ofCaller(InviteDialog call, DialogPath path, Hop hop, DigestClient digest, String localSdp) {
        return new Session(call, path, hop, digest, true, new Offers.Agreed(localSdp, ""));
    }

    /** Without credentials: an inbound peer that challenges us gets none (they belong to calls out). */
    static Session ofCallee(InviteDialog call, DialogPath path, Hop hop, String localSdp, String remoteSdp) {
        return new Session(call, path, hop, DigestClient.none(), false, new Offers.Agreed(localSdp, remoteSdp));
    }

    static Session released(InviteDialog call, Snapshot snapshot) {
        DigestClient digest = snapshot.caller() ? new DigestClient(call.trunk.auth()) : DigestClient.none();
        Hop hop = call.ground.hops(call.trunk).next();
        return new Session(call, snapshot.path(), hop, digest, snapshot.caller(), new Offers.Agreed("", ""));
    }

    // ---- how it begins

    /** The caller's side, once its ACK has gone. */
    void established(SipResponse ok) {
        peerUpdates = ok.headers().lists("Allow", "UPDATE");
        ok.sdp().ifPresent(offers::remote);
        timer.agreed(ok);
        save();
    }

    Headers timerAnswer(SipRequest invite) {
        return timer.answer(invite);
    }

    /** The callee's side: the 200 leaves now and is repeated until its ACK. */
    void acceptedInvite(ServerTx invite, SipResponse ok, boolean lateOffer) {
        peerUpdates = invite.request().headers().lists("Allow", "UPDATE");
        offers.accepted(invite, ok, lateOffer, sdp -> call.emit(new SipEvent.Confirmed(sdp)));
        save();
    }

    void save() {
        call.snapshot(new Snapshot(call.trunk.id(), path, caller).encode());
    }

    // ---- sending

    Hop hop() {
        return call.ground.hop(path.nextHopUri(), heard, call.trunk);
    }

    void request(String method, Headers extra, String body, Consumer<Outcome> then) {
        exchange(method, extra, body, then).start();
    }

    private Exchange exchange(String method, Headers extra, String body, Consumer<Outcome> then) {
        return new Exchange(
                        call.ground.wire(),
                        call.strand,
                        hop(),
                        digest,
                        () -> path.request(method, path.nextSeq(), extra, body),
                        then)
                .onLate(this::onStray);
    }

    /** ACK of a 2xx (RFC 3261 13.2.2.4): outside any transaction, kept for repetitions of the 2xx. */
    void acknowledge(long cseq) {
        lastAck = path.request("ACK", cseq, digest.answer("ACK", path.target(), ""), "");
        sendAck(lastAck);
    }

    private void sendAck(SipRequest ack) {
        try {
            call.ground.wire().sendAlone(ack, hop());
        } catch (WireException e) {
            LOG.debug("an ACK did not leave: {}", e.getMessage()); // the peer repeats its 200, we the ACK
        }
    }

    @Override
    public void onStray(SipResponse ok) {
        if (!ok.success() || !ok.cseqMethod().equals("INVITE")) {
            return;
        }
        if (!ok.toTag().equals(path.remoteTag())) {
            new Straggler(call, heard, digest).dismiss(ok);
        } else if (lastAck != null && lastAck.cseq() == ok.cseq()) {
            sendAck(lastAck);
        }
    }

    // ---- the end

    @Override
    public void hangup(Reason reason) {
        farewell.hangup(reason);
    }

    /** The peer no longer knows the call, or nobody answers there. */
    void lost(String why) {
        farewell.lost(why);
    }

    /** Our 2xx was never acknowledged (RFC 3261 13.3.1.4). */
    void unacknowledged() {
        farewell.unacknowledged();
    }

    /** Another dialog has taken this one's place: a BYE, after which {@code then} runs. */
    void leave(Runnable then) {
        farewell.leave(then);
    }

    /** RFC 3891 3. */
    @Override
    public void replace(Takeover.Claim claim) {
        if (!claim.named().fromTag().equals(path.remoteTag())) {
            claim.heir().reject(481, "Call/Transaction Does Not Exist");
        } else if (farewell.begun()) {
            claim.heir().reject(603, "Decline");
        } else if (claim.named().earlyOnly()) {
            claim.heir().reject(486, "Busy Here");
        } else if (offers.busy()) {
            claim.heir().reject(491, "Request Pending");
        } else {
            call.enter(new Takeover(this, claim.heir())).start(claim.invite(), offers.local());
        }
    }

    // ---- receiving

    @Override
    public void onRequest(ServerTx tx) {
        SipRequest request = tx.request();
        String method = request.method();
        if (method.equals("ACK")) {
            offers.onAck(request);
        } else if (method.equals("CANCEL")) {
            offers.onCancel(tx);
        } else if (!path.inOrder(request)) {
            outOfOrder(tx, request);
        } else {
            inOrder(tx, method);
        }
    }

    private void inOrder(ServerTx tx, String method) {
        switch (method) {
            case "BYE" -> farewell.onBye(tx);
            case "INVITE", "UPDATE" -> offers.onOffer(tx);
            case "INFO" -> onInfo(tx);
            case "REFER" -> transfer.onRefer(tx);
            case "NOTIFY" -> transfer.onNotify(tx);
            case "OPTIONS" -> InviteDialog.respond(tx, SipResponse.of(200, "OK").with("Allow", InviteDialog.allow()));
            case "PRACK" -> InviteDialog.respond(tx, SipResponse.of(481, "Call/Transaction Does Not Exist"));
            default ->
                InviteDialog.respond(
                        tx, SipResponse.of(405, "Method Not Allowed").with("Allow", InviteDialog.allow()));
        }
    }

    private void outOfOrder(ServerTx tx, SipRequest request) {
        boolean repeated = request.method().equals("INVITE") && request.cseq() == path.remoteSeq();
        if (!repeated || !offers.repeat()) {
            InviteDialog.respond(tx, SipResponse.of(500, "Server Internal Error"));
        }
    }

    private void onInfo(ServerTx tx) {
        SipRequest info = tx.request();
        Optional<SipEvent.Digit> digit =
                InfoDigits.parse(info.header("Content-Type").orElse(""), info.body());
        boolean known = digit.isPresent() || info.body().isBlank();
        InviteDialog.respond(tx, known ? SipResponse.of(200, "OK") : SipResponse.of(415, "Unsupported Media Type"));
        digit.ifPresent(call::emit);
    }

    // ---- commands

    @Override
    public void answer(String sdp) {
        offers.answer(sdp);
    }

    @Override
    public void reject(int code, String phrase) {
        offers.reject(code, phrase);
    }

    @Override
    public void reinvite(String sdp) {
        offers.offer(sdp);
    }

    @Override
    public void refer(String target) {
        transfer.refer(target);
    }

    @Override
    public void referReplacing(String referTo) {
        transfer.send(referTo);
    }

    /** The peer sees our tag as the remote one: to-tag is its own (RFC 3891 3). */
    @Override
    public void replaceable(Consumer<String> then) {
        String replaces = path.callId + ";to-tag=" + path.remoteTag() + ";from-tag=" + call.localTag();
        then.accept(path.target() + "?Replaces=" + URLEncoder.encode(replaces, StandardCharsets.UTF_8));
    }

    @Override
    public void transferStatus(int code, String phrase) {
        if (!farewell.begun()) {
            transfer.status(code, phrase);
        }
    }

    @Override
    public void info(char digit, int durationMs) {
        if (!farewell.begun() && InfoDigits.isDigit(digit)) {
            Headers type = Headers.NONE.with("Content-Type", "application/dtmf-relay");
            request("INFO", type, InfoDigits.body(digit, durationMs), outcome -> {});
        }
    }

    // ---- session timer

    private void refresh() {
        if (farewell.begun()) {
            return;
        }
        if (peerUpdates) {
            Headers headers = timer.request().with("Contact", path.contact);
            request("UPDATE", headers, "", this::onRefreshed);
        } else {
            offers.refresh();
        }
    }

    private void onRefreshed(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            SipResponse response = answered.response();
            if (response.success()) {
                path.refreshTarget(response);
                timer.agreed(response);
                save();
            } else if (response.code() == 481) {
                lost("the peer no longer knows the call");
            } else if (response.code() == 405 || response.code() == 501) {
                peerUpdates = false;
                offers.refresh();
            }
        } // otherwise the timer that runs on ends the call (RFC 4028 10)
    }

    private void expired() {
        hangup(Reason.SESSION_EXPIRED);
    }
}
