package io.trunkline.sip.dialog;

import io.trunkline.sip.InviteRequest;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.wire.Grammar;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipUri;
import io.trunkline.sip.wire.Wire;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Composes the first request of a call out, as the trunk wants it, from what a user asked, which is checked here. */
final class InviteHeaders {
    private static final Set<String> OURS = Set.of(
            "via",
            "from",
            "to",
            "call-id",
            "cseq",
            "contact",
            "max-forwards",
            "route",
            "record-route",
            "content-length",
            "content-type",
            "authorization",
            "proxy-authorization",
            "require",
            "proxy-require",
            "supported",
            "allow",
            "session-expires",
            "min-se",
            "rack",
            "rseq",
            "replaces",
            "refer-to",
            "content-encoding",
            "content-disposition",
            "v",
            "f",
            "t",
            "i",
            "m",
            "l",
            "c",
            "k",
            "x",
            "r",
            "e");

    private final InviteRequest request;
    private final Trunk trunk;

    InviteHeaders(InviteRequest request, Trunk trunk) {
        this.request = request;
        this.trunk = trunk;
    }

    /** What is wrong with the request; empty when it may be sent. */
    Optional<String> problem() {
        if (user(request.to()).isEmpty()) {
            return Optional.of("the number to call");
        }
        if (!Grammar.isPlainUser(request.from())) {
            return Optional.of("the caller id");
        }
        if (!request.callerName()
                .map(n -> n.length() <= 256 && Grammar.isHeaderValue(n))
                .orElse(true)) {
            return Optional.of("the caller name");
        }
        return request.headers().entrySet().stream()
                .filter(h -> !allowed(h.getKey(), h.getValue()))
                .map(h -> "a header")
                .findFirst();
    }

    private static boolean allowed(String name, String value) {
        return Grammar.isToken(name)
                && name.length() <= 64
                && !OURS.contains(name.toLowerCase(Locale.ROOT))
                && value.length() <= 1024
                && Grammar.isHeaderValue(value);
    }

    /** The user part that the carrier dials; empty when there is no sound one. */
    private Optional<String> user(String to) {
        boolean uri = to.startsWith("sip:") || to.startsWith("sips:");
        if (!uri) {
            return to.matches("\\+?[0-9*#]{1,32}") ? Optional.of(dialled(to)) : Optional.empty();
        }
        return SipUri.parse(to)
                .filter(u -> u.params().isEmpty() && to.indexOf('?') < 0)
                .map(SipUri::user)
                .filter(Grammar::isPlainUser);
    }

    private String dialled(String number) {
        Trunk.NumberFormat format = trunk.numberFormat();
        boolean plus = number.startsWith("+");
        String digits = plus ? number.substring(1) : number;
        String kept = digits.substring(Math.min(format.strip(), digits.length()));
        return (format.plus() && plus ? "+" : "") + format.prefix() + kept;
    }

    /** {@code sip:user@host[:port][;transport=]}, by name rather than address: the trunk's, or that of a URI. */
    String requestUri(Trunk.Host host) {
        String transport = host.transport() == Transport.UDP
                ? ""
                : ";transport=" + host.transport().name().toLowerCase(Locale.ROOT);
        Optional<SipUri> given =
                SipUri.parse(request.to()).filter(u -> !u.scheme().equals("tel"));
        String domain = given.map(SipUri::host).orElseGet(() -> bracketed(host.host()));
        int port = given.map(SipUri::port).orElse(host.port());
        return "sip:" + user(request.to()).orElseThrow() + "@" + domain + (port == 0 ? "" : ":" + port) + transport;
    }

    static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    SipRequest compose(String callId, String tag, long seq, Hop hop, Wire wire, String uri, Headers extra) {
        String local = trunk.identity().fromHost().orElseGet(() -> fromHost(hop, wire));
        String caller = "sip:" + number() + "@" + local;
        String shown = request.privacy() ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>" : named(from(local));
        String toUri = uri.split(";", 2)[0];
        Headers headers = Headers.NONE
                .with("Max-Forwards", "70")
                .with("From", shown + ";tag=" + tag)
                .with("To", "<" + toUri + ">")
                .with("Call-ID", callId)
                .with("CSeq", seq + " INVITE")
                .with("Contact", "<sip:" + contactUser() + "@" + wire.contactHostPort(hop) + ">")
                .with("Allow", InviteDialog.allow())
                .and(identity(caller))
                .and(extra);
        for (var header : trunk.headers().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue());
        }
        for (var header : request.headers().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue());
        }
        return new SipRequest("INVITE", uri, headers.and(InviteDialog.sdpHeaders(request.sdp())), request.sdp());
    }

    private String fromHost(Hop hop, Wire wire) {
        return trunk.register() ? bracketed(trunk.domain(hop.name())) : wire.localHost(hop);
    }

    private String contactUser() {
        return trunk.auth()
                .map(Trunk.Auth::username)
                .filter(Grammar::isPlainUser)
                .orElseGet(this::number);
    }

    private String number() {
        return request.from();
    }

    private String from(String host) {
        return "<sip:" + trunk.identity().fromUser().orElseGet(this::number) + "@" + host + ">";
    }

    private String named(String address) {
        return request.callerName().map(n -> Grammar.quoted(n) + " ").orElse("") + address;
    }

    /** RFC 3325, RFC 3323, RFC 5806 and the older Remote-Party-ID, as the trunk wants them. */
    private Headers identity(String caller) {
        Trunk.Identity wanted = trunk.identity();
        Headers headers = Headers.NONE;
        if (wanted.pAssertedIdentity()) {
            headers = headers.with("P-Asserted-Identity", named("<" + caller + ">"));
        }
        if (wanted.pPreferredIdentity()) {
            headers = headers.with("P-Preferred-Identity", named("<" + caller + ">"));
        }
        if (wanted.remotePartyId()) {
            String privacy = request.privacy() ? "full" : "off";
            headers = headers.with("Remote-Party-ID", named("<" + caller + ">") + ";party=calling;privacy=" + privacy);
        }
        if (request.privacy()) {
            headers = headers.with("Privacy", "id");
        }
        return headers.with("Diversion", wanted.diversion());
    }
}
