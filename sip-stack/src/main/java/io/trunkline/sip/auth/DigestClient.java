package io.trunkline.sip.auth;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.wire.Grammar;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers the challenges of one trunk for one call or registration. Credentials leave only for the realm that the trunk
 * names; a second refusal of the same answer ends it, so that there is never a loop.
 */
public final class DigestClient {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_STALE = 2;

    private final Optional<Trunk.Auth> auth;
    private final Map<String, Live> live = new LinkedHashMap<>();
    private int stale;

    public DigestClient(Optional<Trunk.Auth> auth) {
        this.auth = auth;
    }

    /** One that knows no secret and answers nothing. */
    public static DigestClient none() {
        return new DigestClient(Optional.empty());
    }

    /** Takes in a 401 or 407 to a request; true when the request is worth sending again. */
    public boolean challenged(SipRequest refused, SipResponse response) {
        if (auth.isEmpty()) {
            return false;
        }
        boolean proxy = response.code() == 407;
        Optional<Challenge> choice = topmostSupported(proxy, response);
        if (choice.isEmpty()) {
            return false;
        }
        Challenge challenge = choice.get();
        String answered = proxy ? "Proxy-Authorization" : "Authorization";
        boolean refusedAgain = refused.headers().all(answered).stream()
                .flatMap(v -> Challenge.parse(proxy, v).stream())
                .anyMatch(c -> c.realm().equals(challenge.realm()));
        if (refusedAgain && !(challenge.stale() && stale++ < MOST_STALE)) {
            return false;
        }
        live.put(proxy + challenge.realm(), new Live(challenge));
        return live.size() <= 4;
    }

    /** RFC 8760 section 2.4: the first that we can do; and none for a realm that is not the trunk's. */
    private Optional<Challenge> topmostSupported(boolean proxy, SipResponse response) {
        List<String> values = response.headers().all(proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        return values.stream()
                .flatMap(v -> Challenge.parse(proxy, v).stream())
                .filter(c -> c.algorithm().isPresent() && c.has("nonce") && qop(c).isPresent())
                .filter(c -> auth.flatMap(Trunk.Auth::realm)
                        .map(r -> r.equals(c.realm()))
                        .orElse(true))
                .findFirst();
    }

    /** Empty when only unknown protections are offered; an empty string when none is (RFC 2617 peers). */
    private static Optional<String> qop(Challenge challenge) {
        if (!challenge.has("qop")) {
            return Optional.of("");
        }
        List<String> offered = Arrays.stream(challenge.get("qop").split(",", -1))
                .map(String::strip)
                .toList();
        return Stream.of("auth", "auth-int").filter(offered::contains).findFirst();
    }

    /** The headers that answer every challenge met so far. */
    public Headers answer(String method, String uri, String body) {
        Headers headers = Headers.NONE;
        for (Live one : live.values()) {
            String name = one.challenge.proxy() ? "Proxy-Authorization" : "Authorization";
            headers = headers.with(name, one.answer(auth.orElseThrow(), new Digest.Signed(method, uri, body)));
        }
        return headers;
    }

    /** A challenge in use, and how often its nonce was. */
    private static final class Live {
        final Challenge challenge;
        private int uses;

        Live(Challenge challenge) {
            this.challenge = challenge;
        }

        String answer(Trunk.Auth auth, Digest.Signed signed) {
            DigestAlgorithm algorithm = challenge.algorithm().orElseThrow();
            String qop = qop(challenge).orElseThrow();
            String nc = "%08x".formatted(++uses);
            String cnonce = HexFormat.of().toHexDigits(RANDOM.nextLong());
            String response =
                    Digest.response(algorithm, auth.username(), auth.password(), challenge, signed, qop, nc, cnonce);
            StringBuilder text = new StringBuilder("Digest username=")
                    .append(Grammar.quoted(auth.username()))
                    .append(", realm=")
                    .append(Grammar.quoted(challenge.realm()))
                    .append(", nonce=")
                    .append(Grammar.quoted(challenge.get("nonce")))
                    .append(", uri=")
                    .append(Grammar.quoted(signed.uri()))
                    .append(", response=\"")
                    .append(response)
                    .append("\", algorithm=")
                    .append(algorithm.sipName());
            if (challenge.has("opaque")) {
                text.append(", opaque=").append(Grammar.quoted(challenge.get("opaque")));
            }
            if (!qop.isEmpty()) {
                text.append(", qop=")
                        .append(qop)
                        .append(", nc=")
                        .append(nc)
                        .append(", cnonce=\"")
                        .append(cnonce)
                        .append('"');
            }
            return text.toString();
        }
    }
}
