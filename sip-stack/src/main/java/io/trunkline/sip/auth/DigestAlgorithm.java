package io.trunkline.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The hash functions of RFC 8760 section 2.3. Without a name MD5 is meant (RFC 7616 section 3.3). */
public enum DigestAlgorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String sipName;
    private final String javaName;

    DigestAlgorithm(String sipName, String javaName) {
        this.sipName = sipName;
        this.javaName = javaName;
    }

    static Optional<DigestAlgorithm> named(String name) {
        if (name.isEmpty()) {
            return Optional.of(MD5);
        }
        return Arrays.stream(values())
                .filter(a -> a.sipName.equalsIgnoreCase(name))
                .findFirst();
    }

    public String sipName() {
        return sipName;
    }

    String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(javaName);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + javaName, e);
        }
    }
}
