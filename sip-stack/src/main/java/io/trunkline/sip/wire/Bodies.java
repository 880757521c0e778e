package io.trunkline.sip.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the session description in a body (RFC 5621 for multipart/mixed and multipart/alternative). */
final class Bodies {
    private static final Pattern BOUNDARY = Pattern.compile("boundary\\s*=\\s*(?:\"([^\"]{1,70})\"|([^\\s;]{1,70}))");
    private static final int MOST_PARTS = 16;

    private Bodies() {}

    static Optional<String> sdp(String contentType, String body) {
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        if (body.isBlank()) {
            return Optional.empty();
        }
        if (type.startsWith("application/sdp")) {
            return Optional.of(body);
        }
        return type.startsWith("multipart/") ? part(contentType, body) : Optional.empty();
    }

    private static Optional<String> part(String contentType, String body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return Optional.empty();
        }
        String mark = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
        String[] parts = ("\r\n" + body).split("\r?\n--" + Pattern.quote(mark), MOST_PARTS);
        for (int i = 1; i < parts.length; i++) {
            String[] halves = parts[i].split("\r?\n\r?\n", 2);
            if (halves.length == 2 && halves[0].toLowerCase(Locale.ROOT).contains("application/sdp")) {
                return Optional.of(halves[1].endsWith("\n") ? halves[1] : halves[1] + "\r\n");
            }
        }
        return Optional.empty();
    }
}
