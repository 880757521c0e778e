package io.trunkline.sip.dialog;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.auth.DigestClient;
import io.trunkline.sip.trunk.FinalCodes;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.NameAddr;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Requests of a trunk outside any call: OPTIONS and REGISTER. One Call-ID for as long as it lives (RFC 3261 10.2), one
 * digest session, on the trunk's own worker.
 */
public final class Solo {
    /** What came of a request: a final response, or nothing and why. */
    public record Result(Optional<SipResponse> response, String detail) {}

    private static final Headers NO_CONTACT = Headers.NONE;

    private final Ground ground;
    private final Executor strand;
    private final Trunk trunk;
    private final DigestClient digest;
    private final String callId = InviteDialog.randomHex(16);
    private final String tag = InviteDialog.randomHex(8);
    private Optional<Exchange> current = Optional.empty();
    private long seq;

    public Solo(Ground ground, Executor strand, Trunk trunk) {
        this.ground = ground;
        this.strand = strand;
        this.trunk = trunk;
        this.digest = new DigestClient(trunk.auth());
    }

    public void options(Hop hop, Consumer<Result> then) {
        options(hop, Optional.empty(), then);
    }

    /** In the name of another {@code from} than the trunk's own. */
    public void options(Hop hop, Optional<String> other, Consumer<Result> then) {
        String from = "<" + other.orElseGet(() -> defaultFrom(ground, trunk, hop)) + ">";
        String uri = "sip:" + InviteHeaders.bracketed(hop.name()) + ":" + hop.port() + parameter(hop);
        Headers extra = Headers.NONE.with("Accept", "application/sdp");
        send("OPTIONS", uri, from, "<" + uri + ">", contact(hop), extra, hop, then);
    }

    /** The URI in whose name a trunk asks for its health. */
    public static String defaultFrom(Ground ground, Trunk trunk, Hop hop) {
        String user = trunk.identity().fromUser().orElse("trunkline");
        return "sip:" + user + "@"
                + trunk.identity().fromHost().orElseGet(() -> ground.wire().localHost(hop));
    }

    public static String bracketed(String host) {
        return InviteHeaders.bracketed(host);
    }

    /** RFC 3261 10.2.3: a REGISTER without Contact asks for the bindings and changes none. */
    public void bindings(Hop hop, Consumer<Result> then) {
        String host = InviteHeaders.bracketed(trunk.domain(hop.name()));
        String address = "<sip:" + user() + "@" + host + ">";
        send("REGISTER", "sip:" + host + parameter(hop), address, address, NO_CONTACT, Headers.NONE, hop, then);
    }

    /** RFC 3261 10.2; {@code seconds} 0 removes the binding. */
    public void register(Hop hop, long seconds, Consumer<Result> then) {
        String host = InviteHeaders.bracketed(trunk.domain(hop.name()));
        String address = "<sip:" + user() + "@" + host + ">";
        send("REGISTER", "sip:" + host + parameter(hop), address, address, contact(hop), expires(seconds), hop, then);
    }

    private static Headers expires(long seconds) {
        return Headers.NONE.with("Expires", Long.toString(seconds));
    }

    private static String parameter(Hop hop) {
        return hop.transport() == Trunk.Transport.UDP
                ? ""
                : ";transport=" + hop.transport().name().toLowerCase(java.util.Locale.ROOT);
    }

    private String user() {
        return trunk.auth().map(Trunk.Auth::username).orElse(trunk.id());
    }

    private Headers contact(Hop hop) {
        String user = trunk.auth().map(Trunk.Auth::username).orElse("trunkline");
        return Headers.NONE.with("Contact", "<sip:" + user + "@" + ground.wire().contactHostPort(hop) + ">");
    }

    private void send(
            String method,
            String uri,
            String from,
            String to,
            Headers contact,
            Headers extra,
            Hop hop,
            Consumer<Result> then) {
        Supplier<SipRequest> build = () -> new SipRequest(
                method, uri, headers(method, from, to).and(contact).and(extra), "");
        Exchange asking =
                new Exchange(ground.wire(), strand, hop, digest, build, outcome -> then.accept(result(outcome)));
        current = Optional.of(asking);
        asking.start();
    }

    /** Waits for no answer any more. */
    public void abandon() {
        current.ifPresent(Exchange::abandon);
    }

    private Headers headers(String method, String from, String to) {
        return Headers.NONE
                .with("Max-Forwards", "70")
                .with("From", from + ";tag=" + tag)
                .with("To", to)
                .with("Call-ID", callId)
                .with("CSeq", ++seq + " " + method);
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(SipRequest request, SipResponse response) ->
                new Result(Optional.of(response), response.code() + " " + response.phrase() + cause(response));
            case Outcome.Silent silent -> new Result(Optional.empty(), "no answer");
            case Outcome.Broken broken -> new Result(Optional.empty(), broken.why());
        };
    }

    private static String cause(SipResponse response) {
        return FinalCodes.q850(response).map(c -> " (Q.850 " + c + ")").orElse("");
    }

    /** How long the registrar granted our binding: its Contact's parameter, else Expires (RFC 3261 10.2.4). */
    public static long granted(SipResponse ok, String contactHostPort, long asked) {
        List<String> contacts = ok.headers().all("Contact");
        return contacts.stream()
                .filter(c -> c.contains(contactHostPort))
                .findFirst()
                .or(() -> contacts.stream().findFirst())
                .flatMap(c -> NameAddr.parse(c).param("expires"))
                .or(() -> ok.header("Expires"))
                .filter(v -> v.strip().matches("\\d{1,9}"))
                .map(v -> Long.parseLong(v.strip()))
                .orElse(asked);
    }
}
