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

/**
 * Requests of a trunk outside any call: OPTIONS and REGISTER. One Call-ID for as long as it lives (RFC 3261 10.2), one
 * digest session, on the trunk's own worker.
 */
public final class Solo {
    /** What came of a request: a final response, or nothing and why. */
    public record Result(Optional<SipResponse> response, String detail) {}

    private final Ground ground;
    private final Executor strand;
    private final Trunk trunk;
    private final DigestClient digest;
    private final String callId = InviteDialog.randomHex(16);
    private final String tag = InviteDialog.randomHex(8);
    private long seq;

    public Solo(Ground ground, Executor strand, Trunk trunk) {
        this.ground = ground;
        this.strand = strand;
        this.trunk = trunk;
        this.digest = new DigestClient(trunk.auth());
    }

    public void options(Hop hop, Consumer<Result> then) {
        String user = trunk.identity().fromUser().orElse("trunkline");
        String from = "<sip:" + user + "@" + ground.wire().localHost(hop) + ">";
        String uri = "sip:" + InviteHeaders.bracketed(hop.name()) + ":" + hop.port() + parameter(hop);
        send("OPTIONS", uri, from, "<" + uri + ">", Headers.NONE.with("Accept", "application/sdp"), hop, then);
    }

    /** RFC 3261 10.2; {@code seconds} 0 removes the binding. */
    public void register(Hop hop, long seconds, Consumer<Result> then) {
        String host = InviteHeaders.bracketed(hop.name());
        String user = trunk.auth().map(Trunk.Auth::username).orElse(trunk.id());
        String address = "<sip:" + user + "@" + host + ">";
        send("REGISTER", "sip:" + host + parameter(hop), address, address, expires(seconds), hop, then);
    }

    private static Headers expires(long seconds) {
        return Headers.NONE.with("Expires", Long.toString(seconds));
    }

    private static String parameter(Hop hop) {
        return hop.transport() == Trunk.Transport.UDP
                ? ""
                : ";transport=" + hop.transport().name().toLowerCase(java.util.Locale.ROOT);
    }

    private void send(
            String method, String uri, String from, String to, Headers extra, Hop hop, Consumer<Result> then) {
        String user = trunk.auth().map(Trunk.Auth::username).orElse("trunkline");
        String contact = "<sip:" + user + "@" + ground.wire().contactHostPort(hop) + ">";
        new Exchange(
                        ground.wire(),
                        strand,
                        hop,
                        digest,
                        () -> new SipRequest(
                                method, uri, headers(method, from, to, contact).and(extra), ""),
                        outcome -> then.accept(result(outcome)))
                .start();
    }

    private Headers headers(String method, String from, String to, String contact) {
        return Headers.NONE
                .with("Max-Forwards", "70")
                .with("From", from + ";tag=" + tag)
                .with("To", to)
                .with("Call-ID", callId)
                .with("CSeq", ++seq + " " + method)
                .with("Contact", contact);
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
