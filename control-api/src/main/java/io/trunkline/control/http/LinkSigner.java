package io.trunkline.control.http;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Links that open one thing for a while without a key. */
public final class LinkSigner {
    private final byte[] secret;
    private final InstantSource clock;

    public LinkSigner(String secret, InstantSource clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    String sign(String path, Instant until) {
        return path + "?expires=" + until.getEpochSecond() + "&signature=" + signature(path, until.getEpochSecond());
    }

    boolean opens(HttpServerRequest request) {
        String expires = request.getParam("expires");
        String signature = request.getParam("signature");
        if (expires == null || signature == null || !expires.matches("\\d{1,12}")) {
            return false;
        }
        long until = Long.parseLong(expires);
        byte[] right = signature(request.path(), until).getBytes(StandardCharsets.UTF_8);
        return clock.instant().getEpochSecond() < until
                && MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String path, long until) {
        return mac(path + "|" + until);
    }

    /** What shows later that we said so; a purpose's signatures are worth nothing for another. */
    String signature(String purpose, String text) {
        return mac(purpose + "\n" + text);
    }

    boolean isSignature(String purpose, String text, String given) {
        return MessageDigest.isEqual(
                signature(purpose, text).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }
}
