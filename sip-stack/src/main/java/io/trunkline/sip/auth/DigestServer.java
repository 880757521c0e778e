package io.trunkline.sip.auth;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.wire.Grammar;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.SipUri;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Challenges callers and checks what they answer. Nonces are our own signature over the time, so nothing is stored; one
 * that is old is stale, one that is not ours is wrong.
 */
public final class DigestServer {
    /** What an answer is worth. */
    public enum Verdict {
        NONE,
        WRONG,
        STALE,
        RIGHT
    }

    private static final Duration NONCE_LIFE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final SecretKeySpec key;

    public DigestServer(InstantSource clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    public Verdict check(SipRequest request, Trunk trunk, String realm) {
        return request.headers().all("Authorization").stream()
                .flatMap(v -> Challenge.parse(false, v).stream())
                .filter(c -> c.realm().equals(realm))
                .findFirst()
                .map(c -> check(request, trunk, c))
                .orElse(Verdict.NONE);
    }

    private Verdict check(SipRequest request, Trunk trunk, Challenge given) {
        String qop = given.get("qop").toLowerCase(Locale.ROOT);
        boolean sound = trunk.auth().isPresent() && given.algorithm().isPresent() && qop.equals("auth");
        if (!sound || !sameUser(given.get("uri"), request.uri())) {
            return Verdict.WRONG;
        }
        Trunk.Auth auth = trunk.auth().get();
        Digest.Signed signed = new Digest.Signed(request.method(), given.get("uri"), request.body());
        String expected = Digest.response(
                given.algorithm().get(),
                auth.username(),
                auth.password(),
                given,
                signed,
                qop,
                given.get("nc"),
                given.get("cnonce"));
        boolean right = same(auth.username(), given.get("username")) && same(expected, given.get("response"));
        if (!ours(given.get("nonce"))) {
            return right ? Verdict.STALE : Verdict.NONE; // of an earlier run, or invented: nothing is proven by it
        }
        if (!right) {
            return Verdict.WRONG;
        }
        return fresh(given.get("nonce")) ? Verdict.RIGHT : Verdict.STALE;
    }

    /** An answer overheard must not serve for another number. */
    private static boolean sameUser(String signed, String asked) {
        return SipUri.parse(signed).map(SipUri::user).equals(SipUri.parse(asked).map(SipUri::user));
    }

    /** Both algorithms, the stronger first (RFC 8760 2.3). */
    public SipResponse challenge(String realm, boolean stale) {
        SipResponse response = SipResponse.of(401, "Unauthorized");
        String rest = ", realm=" + Grammar.quoted(realm) + ", nonce=\"" + nonce() + "\", qop=\"auth\""
                + (stale ? ", stale=true" : "");
        return response.with("WWW-Authenticate", "Digest algorithm=SHA-256" + rest)
                .with("WWW-Authenticate", "Digest algorithm=MD5" + rest);
    }

    private String nonce() {
        String time = Long.toHexString(clock.millis());
        return time + "-" + signature(time);
    }

    private boolean ours(String nonce) {
        String[] parts = nonce.split("-", 2);
        return parts.length == 2 && parts[0].matches("[0-9a-f]{1,15}") && same(signature(parts[0]), parts[1]);
    }

    private boolean fresh(String nonce) {
        long made = HexFormat.fromHexDigitsToLong(nonce.split("-", 2)[0]);
        return clock.millis() - made < NONCE_LIFE.toMillis();
    }

    private String signature(String time) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] bytes = mac.doFinal(time.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
