package io.trunkline.sip.wire;

/** What RFC 3261 section 25.1 allows where; everything a user or a peer sends is held against this. */
public final class Grammar {
    private static final String TOKEN_MARKS = "-.!%*_+`'~";
    private static final String USER_MARKS = "-_.!~*'()&=+$,/";
    private static final int LONGEST_VALUE = 8192;

    private Grammar() {}

    public static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> alphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    /** Printable text, tabs and UTF-8: no CR, LF, NUL or other control. */
    public static boolean isHeaderValue(String text) {
        return text.length() <= LONGEST_VALUE && text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
    }

    /** A user part that needs no escaping and can open neither a parameter nor a header. */
    public static boolean isPlainUser(String text) {
        return !text.isEmpty()
                && text.length() <= 128
                && text.chars().allMatch(c -> alphanumeric(c) || USER_MARKS.indexOf(c) >= 0);
    }

    /** A host name, an IPv4 address, or an IPv6 address in brackets. */
    public static boolean isHost(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]")
                    && text.substring(1, text.length() - 1).chars().allMatch(Grammar::inIpv6);
        }
        return !text.isEmpty()
                && text.length() <= 253
                && text.chars().allMatch(c -> alphanumeric(c) || c == '-' || c == '.' || c == '_');
    }

    /** A quoted-string (RFC 3261 25.1) around any text that {@link #isHeaderValue} admits. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String printable(String text) {
        String head = text.length() > 40 ? text.substring(0, 40) : text;
        return head.replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean inIpv6(int c) {
        return Character.digit(c, 16) >= 0 || c == ':' || c == '.';
    }

    private static boolean alphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
