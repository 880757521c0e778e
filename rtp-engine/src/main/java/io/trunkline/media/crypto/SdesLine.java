package io.trunkline.media.crypto;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One a=crypto line (RFC 4568 section 9): a tag, and the key its writer encrypts with. Never printed by accident. */
public record SdesLine(int tag, MasterKey key) {
    private static final Pattern LINE = Pattern.compile(
            "(\\d{1,9})\\s+([A-Za-z0-9_]{1,64})\\s+(?i:inline):([A-Za-z0-9+/=]{1,128})(\\|[^;\\s]*)?(?:\\s+(.*))?");
    /** Section 6.3: session parameters that turn protection off or change the stream; we take none of them. */
    private static final Pattern UNWANTED = Pattern.compile(
            "(?i)UNENCRYPTED_SRTP|UNENCRYPTED_SRTCP|UNAUTHENTICATED_SRTP|FEC_ORDER|FEC_KEY|KDR=[1-9].*");

    /** Empty for what is malformed, unknown, or asks for more than we do: then another line may fit. */
    public static Optional<SdesLine> parse(String value) {
        Matcher line = LINE.matcher(value);
        if (!line.matches() || hasKeyIdentifier(line.group(4)) || asksTooMuch(line.group(5))) {
            return Optional.empty();
        }
        int tag = Integer.parseInt(line.group(1));
        return SrtpSuite.named(line.group(2))
                .flatMap(suite -> key(suite, line.group(3)))
                .map(key -> new SdesLine(tag, key));
    }

    private static Optional<MasterKey> key(SrtpSuite suite, String inline) {
        try {
            byte[] both = Base64.getDecoder().decode(inline);
            boolean fits = both.length == suite.keyBytes() + suite.saltBytes();
            return fits ? Optional.of(MasterKey.of(suite, both)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** {@code |lifetime} is fine, a call never gets there; {@code |MKI:length} would change every packet. */
    private static boolean hasKeyIdentifier(@Nullable String parameters) {
        return parameters != null && parameters.indexOf(':') >= 0;
    }

    private static boolean asksTooMuch(@Nullable String sessionParameters) {
        return sessionParameters != null && UNWANTED.matcher(sessionParameters).find();
    }

    /** The attribute's value. */
    public String text() {
        return tag + " " + key.suite() + " inline:" + Base64.getEncoder().encodeToString(key.keyAndSalt());
    }
}
