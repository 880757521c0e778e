package io.trunkline.sip.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A SIP, SIPS or tel URI taken apart (RFC 3261 19.1).
 *
 * @param port 0 where none is given
 */
public record SipUri(String scheme, String user, String host, int port, Map<String, String> params) {

    /** Empty for anything that is not a URI we could call. */
    public static Optional<SipUri> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.length() > 2048 || !Grammar.isHeaderValue(text)) {
            return Optional.empty();
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        return switch (scheme) {
            case "tel" -> Optional.of(new SipUri(scheme, rest.split(";", 2)[0], "", 0, Map.of()));
            case "sip", "sips" -> sip(scheme, rest);
            default -> Optional.empty();
        };
    }

    private static Optional<SipUri> sip(String scheme, String rest) {
        int at = rest.lastIndexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        String[] pieces = rest.substring(at + 1).split("\\?", 2)[0].split(";", -1);
        String hostPort = pieces[0];
        int bracket = hostPort.lastIndexOf(']');
        int colon = hostPort.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
        String port = colon < 0 ? "0" : hostPort.substring(colon + 1);
        if (!Grammar.isHost(host) || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            return Optional.empty();
        }
        return Optional.of(new SipUri(scheme, user, host, Integer.parseInt(port), params(pieces)));
    }

    private static Map<String, String> params(String[] pieces) {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 1; i < pieces.length; i++) {
            String[] pair = pieces[i].split("=", 2);
            params.putIfAbsent(pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
        }
        return params;
    }

    public Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name));
    }

    /** RFC 3261 16.12: without {@code lr} a route is a strict router's. */
    public boolean loose() {
        return params.containsKey("lr");
    }
}
