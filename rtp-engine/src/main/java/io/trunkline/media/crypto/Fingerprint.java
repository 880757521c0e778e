package io.trunkline.media.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hash of a certificate as a=fingerprint carries it (RFC 8122 section 5). */
public record Fingerprint(String algorithm, String hex) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    static Fingerprint of(String algorithm, byte[] certificate) {
        return new Fingerprint(algorithm, COLONS.formatHex(digest(algorithm, certificate)));
    }

    /** Empty for what is malformed or hashed in a way that can be forged. */
    public static Optional<Fingerprint> parse(String value) {
        String[] fields = value.strip().split("\\s+", -1);
        if (fields.length != 2 || bytes(fields[0]) == 0) {
            return Optional.empty();
        }
        try {
            byte[] hash = COLONS.parseHex(fields[1].toUpperCase(Locale.ROOT));
            return hash.length == bytes(fields[0])
                    ? Optional.of(new Fingerprint(fields[0].toLowerCase(Locale.ROOT), COLONS.formatHex(hash)))
                    : Optional.empty();
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    private static int bytes(String algorithm) {
        return switch (algorithm.toLowerCase(Locale.ROOT)) {
            case "sha-256" -> 32;
            case "sha-384" -> 48;
            case "sha-512" -> 64;
            default -> 0;
        };
    }

    boolean matches(byte[] certificate) {
        return hex.equals(of(algorithm, certificate).hex);
    }

    public String text() {
        return algorithm + " " + hex;
    }

    private static byte[] digest(String algorithm, byte[] certificate) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(certificate);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
