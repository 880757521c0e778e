package io.trunkline.sip.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code "Display" <uri>;param=value}, as in From, To, Contact and Route. Lenient: a peer's oddities are not refused. */
public record NameAddr(String display, String uri, Map<String, String> params) {

    public static NameAddr parse(String text) {
        int open = openBracket(text);
        if (open < 0) {
            String[] parts = text.strip().split(";", 2);
            return new NameAddr("", parts[0].strip(), params(parts.length == 2 ? parts[1] : ""));
        }
        int close = text.indexOf('>', open);
        int end = close < 0 ? text.length() : close;
        String after = close < 0 ? "" : text.substring(close + 1);
        return new NameAddr(display(text.substring(0, open)), text.substring(open + 1, end), params(after));
    }

    /** The first angle bracket outside a quoted display name. */
    private static int openBracket(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static String display(String text) {
        String name = text.strip();
        if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
            return name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return name;
    }

    private static Map<String, String> params(String text) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String piece : text.split(";", 64)) {
            String[] pair = piece.split("=", 2);
            if (!pair[0].isBlank()) {
                params.putIfAbsent(pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
            }
        }
        return params;
    }

    static String viaBranch(String via) {
        return params(via).getOrDefault("branch", "");
    }

    public Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name));
    }

    /** The user part of the URI; the whole URI where it has none. */
    public String user() {
        return SipUri.parse(uri).map(SipUri::user).filter(u -> !u.isEmpty()).orElse(uri);
    }
}
