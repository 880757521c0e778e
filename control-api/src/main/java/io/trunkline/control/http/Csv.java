package io.trunkline.control.http;

/** RFC 4180. */
final class Csv {
    private Csv() {}

    /** @param foreign text of users' own: made harmless for spreadsheets, which run what begins with = + - or @ */
    static String cell(String value, boolean foreign) {
        String text = foreign && !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
