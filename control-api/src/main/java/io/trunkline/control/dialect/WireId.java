package io.trunkline.control.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Our ids are a prefix over a UUID; some APIs know only the UUID. */
final class WireId {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private WireId() {}

    static String bare(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    /** A bare UUID with its prefix put back; anything else as it is. */
    static String full(String prefix, String given) {
        return UUID_FORM.matcher(given).matches() ? prefix + "_" + given.toLowerCase(Locale.ROOT) : given;
    }

    /** A UUID of its own for something that belongs to another thing: always the same one. */
    static String derived(String what, String id) {
        return UUID.nameUUIDFromBytes((what + ' ' + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
