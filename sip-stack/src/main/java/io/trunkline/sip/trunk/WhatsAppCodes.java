package io.trunkline.sip.trunk;

import io.trunkline.sip.SipEnd.Reason;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What WhatsApp's final responses mean: one code stands for many things there, and the words of phrase and Warning tell
 * them apart. Words that are not known leave the code's usual meaning.
 */
final class WhatsAppCodes {
    static final String PROFILE = "whatsapp";

    private static final Map<String, Reason> FORBIDDEN = Map.ofEntries(
            Map.entry("does not match", Reason.HOST_MISMATCH),
            Map.entry("permission", Reason.NO_PERMISSION),
            Map.entry("limit", Reason.LIMIT_REACHED),
            Map.entry("duplicate", Reason.DUPLICATE_CALL),
            Map.entry("already in", Reason.DUPLICATE_CALL),
            Map.entry("digest", Reason.AUTH_FAILED),
            Map.entry("auth", Reason.AUTH_FAILED),
            Map.entry("password", Reason.AUTH_FAILED),
            Map.entry("sdp", Reason.NOT_ACCEPTABLE),
            Map.entry("media description", Reason.NOT_ACCEPTABLE));

    private WhatsAppCodes() {}

    static Optional<Reason> reason(int code, String words) {
        return switch (code) {
            case 400 -> Optional.of(Reason.NOT_FOUND);
            case 403 -> forbidden(words.toLowerCase(Locale.ROOT));
            case 404 -> Optional.of(Reason.BAD_REQUEST);
            case 408 -> Optional.of(Reason.MEDIA_TIMEOUT);
            case 486 -> Optional.of(Reason.DECLINED);
            default -> Optional.empty();
        };
    }

    /** The first of the known words that is said. */
    private static Optional<Reason> forbidden(String words) {
        return FORBIDDEN.entrySet().stream()
                .filter(entry -> words.contains(entry.getKey()))
                .min(Comparator.comparingInt(entry -> words.indexOf(entry.getKey())))
                .map(Map.Entry::getValue);
    }
}
