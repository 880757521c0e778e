package io.trunkline.sip.auth;

import java.util.Optional;

/**
 * Who may call, as one entry of a trunk's {@code allow_from} says it: {@code 203.0.113.0/24} is a range of addresses,
 * {@code 203.0.113.5:5060} and {@code [2001:db8::5]:5060} one socket and no other of that address,
 * {@code tls:sip.example.net} whoever shows a verified certificate of that name.
 *
 * @param port 0 for any
 * @param tlsName of the certificate, where that is what counts
 */
public record Caller(Optional<AddressRange> range, int port, Optional<String> tlsName) {
    private static final String TLS = "tls:";

    /** Empty for what is none of these. */
    public static Optional<Caller> parse(String text) {
        String entry = text.strip();
        if (entry.regionMatches(true, 0, TLS, 0, TLS.length())) {
            String name = entry.substring(TLS.length());
            boolean sound = name.matches("[A-Za-z0-9._-]{1,253}");
            return sound ? Optional.of(new Caller(Optional.empty(), 0, Optional.of(name))) : Optional.empty();
        }
        int colon = entry.lastIndexOf(':');
        boolean socket = entry.startsWith("[") || (colon >= 0 && entry.indexOf(':') == colon);
        return socket
                ? socket(entry, colon)
                : AddressRange.range(entry).map(r -> new Caller(Optional.of(r), 0, Optional.empty()));
    }

    private static Optional<Caller> socket(String entry, int colon) {
        String host = entry.substring(0, Math.max(colon, 0));
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String port = entry.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            return Optional.empty();
        }
        return AddressRange.range(bare)
                .filter(r -> !bare.contains("/"))
                .map(r -> new Caller(Optional.of(r), Integer.parseInt(port), Optional.empty()));
    }
}
