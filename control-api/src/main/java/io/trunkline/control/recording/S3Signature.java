package io.trunkline.control.recording;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 4 for requests without a query, whose path needs no escaping. */
final class S3Signature {
    static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";

    private final S3Credentials credentials;
    private final InstantSource clock;

    S3Signature(S3Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** The headers that make a request ours. */
    Map<String, String> headers(String method, URI uri, String bodySha256) {
        String time = TIME.format(clock.instant());
        String day = time.substring(0, 8);
        String scope = day + "/" + credentials.region() + "/s3/aws4_request";
        String canonical = String.join(
                "\n",
                method,
                uri.getRawPath(),
                "",
                "host:" + uri.getRawAuthority(),
                "x-amz-content-sha256:" + bodySha256,
                "x-amz-date:" + time,
                "",
                SIGNED,
                bodySha256);
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(sha256(canonical)));
        String signature = hex(hmac(signingKey(day), toSign));
        return Map.of(
                "x-amz-date",
                time,
                "x-amz-content-sha256",
                bodySha256,
                "Authorization",
                ALGORITHM + " Credential=" + credentials.accessKey() + "/" + scope + ", SignedHeaders=" + SIGNED
                        + ", Signature=" + signature);
    }

    private byte[] signingKey(String day) {
        byte[] secret = ("AWS4" + credentials.secretKey().value()).getBytes(StandardCharsets.UTF_8);
        return hmac(hmac(hmac(hmac(secret, day), credentials.region()), "s3"), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
