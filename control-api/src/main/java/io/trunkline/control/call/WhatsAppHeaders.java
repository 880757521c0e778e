package io.trunkline.control.call;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What WhatsApp tells of a call and its caller ({@code x-wa-meta-…}), as the call's metadata. */
public final class WhatsAppHeaders {
    private static final String PREFIX = "x-wa-meta-";
    private static final int MOST = 16;
    private static final int LONGEST_VALUE = 200;

    private WhatsAppHeaders() {}

    /** @param headers of an INVITE or a BYE; the names are read in any case */
    public static Map<String, Object> among(Map<String, String> headers) {
        Map<String, Object> told = new TreeMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX) && told.size() < MOST) {
                told.put(lower, value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value);
            }
        });
        return told;
    }
}
