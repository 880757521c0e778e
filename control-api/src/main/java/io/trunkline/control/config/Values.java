package io.trunkline.control.config;

import io.trunkline.media.IceConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values are written. What cannot be read is refused in words that show the right form. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");
    private static final Pattern PORTS = Pattern.compile("(\\d{1,5}) ?- ?(\\d{1,5})");

    private static final Pattern STUN_SERVER =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9][A-Za-z0-9.-]{0,252}))(?::(\\d{1,5}))?");
    private static final int STUN_PORT = 3478;
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private Values() {}

    record PortRange(int first, int last) {}

    static int number(String text, int lowest, int highest) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < lowest || Integer.parseInt(text) > highest) {
            throw wrong(text, "a whole number from " + lowest + " to " + highest);
        }
        return Integer.parseInt(text);
    }

    static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> true;
            case "off", "false", "no", "0" -> false;
            default -> throw wrong(text, "on or off");
        };
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text, "a duration such as 500ms, 30s, 5m, 2h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static PortRange ports(String text) {
        Matcher matcher = PORTS.matcher(text);
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group(1));
            int last = Integer.parseInt(matcher.group(2));
            if (first >= 1024 && last <= 65535 && last > first) {
                return new PortRange(first, last);
            }
        }
        throw wrong(text, "a range of ports within 1024-65535, such as 10000-20000");
    }

    /** A literal address: names would have to be looked up, and could change. */
    static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text, "an IP address");
        }
    }

    /** A name or an address, with a port or STUN's own (RFC 8489 section 18.6); IPv6 with a port in brackets. */
    static IceConfig.StunServer stunServer(String text) {
        Matcher matcher = STUN_SERVER.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text, "a STUN server such as stun.example.net or stun.example.net:3478");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        int port = matcher.group(3) == null ? STUN_PORT : number(matcher.group(3), 1, 65535);
        return new IceConfig.StunServer(host, port);
    }

    /** The address as it was written, once it is known to be one. */
    static String addressText(String text) {
        address(text);
        return text;
    }

    static URI httpAddress(String text) {
        try {
            URI uri = new URI(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw wrong(text, "an address such as https://storage.example.com");
        }
        throw wrong(text, "an address such as https://storage.example.com");
    }

    static String bucketName(String text) {
        if (!BUCKET.matcher(text).matches()) {
            throw wrong(text, "the name of a bucket: 3 to 63 of a-z, 0-9, dot and dash");
        }
        return text;
    }

    static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        String names = String.join(
                ", ",
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList());
        throw wrong(text, "one of " + names);
    }

    private static IllegalArgumentException wrong(String text, String expected) {
        return new IllegalArgumentException("'" + text + "' is not " + expected);
    }

    static String nodeName(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException("a name is letters, digits, dots, dashes: at most 63 of them");
        }
        return text;
    }

    static URI url(String text) {
        URI url = URI.create(text);
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getPort() < 0) {
            throw new IllegalArgumentException("a URL such as http://10.0.0.5:8080, with its port");
        }
        return url;
    }
}
