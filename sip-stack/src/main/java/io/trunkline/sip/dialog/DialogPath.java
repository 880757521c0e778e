package io.trunkline.sip.dialog;

import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.NameAddr;
import io.trunkline.sip.wire.SipMessage;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.SipUri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The state of a dialog (RFC 3261 12): tags, sequence numbers, route set, target. Owned by the call's worker. */
final class DialogPath {
    final String callId;
    /** Our From or To value, tag included. */
    final String local;

    final String remote;
    final String contact;
    final List<String> routes;
    private String target;
    private long localSeq;
    private long remoteSeq = -1;

    DialogPath(
            String callId, String local, String remote, String contact, List<String> routes, String target, long seq) {
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.contact = contact;
        this.routes = List.copyOf(routes);
        this.target = target;
        this.localSeq = seq;
    }

    /** RFC 3261 12.1.2: the caller's side, from a response that carries a tag. */
    static DialogPath ofCaller(SipRequest invite, SipResponse response) {
        List<String> routes = new ArrayList<>(response.headers().all("Record-Route"));
        Collections.reverse(routes);
        return new DialogPath(
                invite.callId(),
                invite.header("From").orElseThrow(),
                response.header("To").orElse(invite.header("To").orElseThrow()),
                invite.header("Contact").orElseThrow(),
                routes,
                response.contact().map(NameAddr::uri).orElse(invite.uri()),
                invite.cseq());
    }

    /** RFC 3261 12.1.1: the callee's side. */
    static DialogPath ofCallee(SipRequest invite, String localTag, String contact) {
        DialogPath path = new DialogPath(
                invite.callId(),
                invite.header("To").orElse("") + ";tag=" + localTag,
                invite.header("From").orElse(""),
                contact,
                invite.headers().all("Record-Route"),
                invite.contact().map(NameAddr::uri).orElse(invite.from().uri()),
                0);
        path.remoteSeq = invite.cseq();
        return path;
    }

    String remoteTag() {
        return NameAddr.parse(remote).param("tag").orElse("");
    }

    String target() {
        return target;
    }

    long localSeq() {
        return localSeq;
    }

    long nextSeq() {
        return ++localSeq;
    }

    /** Moves past a sequence number that another request of this dialog has used. */
    void atLeast(long seq) {
        localSeq = Math.max(localSeq, seq);
    }

    /** RFC 3261 12.2.2: false when a request is older than one already seen. */
    boolean inOrder(SipRequest request) {
        if (request.cseq() <= remoteSeq) {
            return false;
        }
        remoteSeq = request.cseq();
        return true;
    }

    long remoteSeq() {
        return remoteSeq;
    }

    /** Target refresh (RFC 3261 12.2.1.2); true when the target moved. */
    boolean refreshTarget(SipMessage message) {
        String fresh = message.contact().map(NameAddr::uri).orElse(target);
        boolean moved = !fresh.equals(target);
        target = fresh;
        return moved;
    }

    /** The URI whose address the next request is sent to. */
    String nextHopUri() {
        return routes.isEmpty() ? target : NameAddr.parse(routes.getFirst()).uri();
    }

    /** RFC 3261 12.2.1.1, strict routers included. */
    SipRequest request(String method, long seq, Headers extra, String body) {
        boolean strict = !routes.isEmpty()
                && !SipUri.parse(nextHopUri()).map(SipUri::loose).orElse(true);
        List<String> route = new ArrayList<>(routes);
        if (strict) {
            route.removeFirst();
            route.add("<" + target + ">");
        }
        Headers headers = Headers.NONE
                .withAll("Route", route)
                .with("Max-Forwards", "70")
                .with("From", local)
                .with("To", remote)
                .with("Call-ID", callId)
                .with("CSeq", seq + " " + method)
                .and(extra);
        return new SipRequest(method, strict ? nextHopUri() : target, headers, body);
    }
}
