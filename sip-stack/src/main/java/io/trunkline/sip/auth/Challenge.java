package io.trunkline.sip.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One digest challenge, or the credentials that answer one: both are a list of parameters.
 *
 * @param proxy whether a 407 brought it
 */
public record Challenge(boolean proxy, Map<String, String> params) {
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z][A-Za-z0-9-]*)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]*))");

    /** Empty for another scheme than Digest. */
    public static Optional<Challenge> parse(boolean proxy, String value) {
        String text = value.strip();
        if (text.length() < 7 || !text.substring(0, 7).equalsIgnoreCase("Digest ")) {
            return Optional.empty();
        }
        Map<String, String> params = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(text.substring(7));
        while (matcher.find() && params.size() < 32) {
            String quoted = matcher.group(2);
            String parameter = quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : matcher.group(3);
            params.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), parameter);
        }
        return Optional.of(new Challenge(proxy, params));
    }

    public String get(String name) {
        return params.getOrDefault(name, "");
    }

    public boolean has(String name) {
        return params.containsKey(name);
    }

    public String realm() {
        return get("realm");
    }

    public boolean stale() {
        return get("stale").equalsIgnoreCase("true");
    }

    public Optional<DigestAlgorithm> algorithm() {
        return DigestAlgorithm.named(get("algorithm"));
    }
}
