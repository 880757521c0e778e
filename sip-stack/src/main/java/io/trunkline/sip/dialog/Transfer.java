package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEvent;
import io.trunkline.sip.wire.Grammar;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.NameAddr;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.SipUri;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** REFER and its NOTIFYs (RFC 3515), blind, or attended by Replaces (RFC 3891). */
final class Transfer {
    private static final Pattern SIPFRAG = Pattern.compile("SIP/2\\.0 (\\d{3}) ?([^\\r\\n]*)");
    private static final Pattern REPLACES = Pattern.compile("(?i)[?&]Replaces=([^&>]+)");

    private final Session session;
    private final InviteDialog call;
    private boolean asked;

    Transfer(Session session) {
        this.session = session;
        this.call = session.call;
    }

    void refer(String target) {
        Optional<String> uri = uri(target);
        if (uri.isEmpty()) {
            call.emit(new SipEvent.TransferProgress(400, "not a target to transfer to"));
            return;
        }
        send(uri.get());
    }

    void send(String referTo) {
        if (referTo.isEmpty()) {
            call.emit(new SipEvent.TransferProgress(400, "the other call has no answer"));
            return;
        }
        Headers headers = Headers.NONE
                .with("Contact", session.path.contact)
                .with("Refer-To", "<" + referTo + ">")
                .with(
                        "Referred-By",
                        NameAddr.parse(session.path.local).uri().isEmpty()
                                ? session.path.contact
                                : "<" + NameAddr.parse(session.path.local).uri() + ">");
        session.request("REFER", headers, "", this::onOutcome);
    }

    /** A number becomes a URI at the peer's own domain. */
    private Optional<String> uri(String target) {
        if (target.matches("\\+?[0-9*#]{1,32}")) {
            String host = SipUri.parse(NameAddr.parse(session.path.remote).uri())
                    .map(SipUri::host)
                    .orElse("invalid");
            return Optional.of("sip:" + target + "@" + host);
        }
        boolean sound = Grammar.isHeaderValue(target) && target.matches("[^<>\"\\s]{5,512}");
        return SipUri.parse(target)
                .filter(u -> sound && !u.scheme().equals("tel"))
                .map(u -> target);
    }

    private void onOutcome(Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered(SipRequest request, SipResponse response) ->
                call.emit(new SipEvent.TransferProgress(response.code(), response.phrase()));
            case Outcome.Silent silent -> call.emit(new SipEvent.TransferProgress(408, "no answer"));
            case Outcome.Broken broken -> call.emit(new SipEvent.TransferProgress(503, broken.why()));
        }
    }

    void onNotify(ServerTx notify) {
        Matcher status = SIPFRAG.matcher(notify.request().body());
        boolean refer = notify.request().header("Event").orElse("").strip().startsWith("refer");
        InviteDialog.respond(notify, refer ? SipResponse.of(200, "OK") : SipResponse.of(489, "Bad Event"));
        if (refer && status.lookingAt()) {
            call.emit(new SipEvent.TransferProgress(Integer.parseInt(status.group(1)), status.group(2)));
        }
    }

    /** Refused unless the trunk allows it: a transfer spends money. */
    void onRefer(ServerTx refer) {
        String target =
                NameAddr.parse(refer.request().header("Refer-To").orElse("")).uri();
        if (!call.trunk.allowTransfer()) {
            InviteDialog.respond(refer, SipResponse.of(603, "Decline"));
        } else if (SipUri.parse(target).isEmpty()) {
            InviteDialog.respond(refer, SipResponse.of(400, "Bad Refer-To"));
        } else {
            InviteDialog.respond(refer, SipResponse.of(202, "Accepted").with("Contact", session.path.contact));
            asked = true;
            status(100, "Trying");
            call.emit(new SipEvent.TransferRequested(target.split("\\?", 2)[0], replaces(target)));
        }
    }

    /** RFC 3515 2.4.4: each NOTIFY says how far it is; after a final code the subscription is over. */
    void status(int code, String phrase) {
        if (!asked) {
            return;
        }
        asked = code < 200;
        String state = asked ? "active;expires=60" : "terminated;reason=noresource";
        Headers headers = Headers.NONE
                .with("Contact", session.path.contact)
                .with("Event", "refer")
                .with("Subscription-State", state)
                .with("Content-Type", "message/sipfrag;version=2.0");
        String words = phrase.replaceAll("\\p{Cntrl}", " ");
        session.request("NOTIFY", headers, "SIP/2.0 " + code + " " + words + "\r\n", outcome -> {});
    }

    private static Optional<String> replaces(String target) {
        Matcher matcher = REPLACES.matcher(target);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(matcher.group(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
