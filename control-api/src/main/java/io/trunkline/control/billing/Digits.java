package io.trunkline.control.billing;

/** Phone numbers and prefixes as their digits alone: {@code +44 20}, {@code 4420} and {@code 004420} are one. */
final class Digits {
    private Digits() {}

    /** Of a number to dial; a SIP address has none, and is rated by the rate for every prefix. */
    static String ofNumber(String to) {
        return to.startsWith("+") ? onlyDigits(to) : "";
    }

    static String ofPrefix(String prefix) {
        String digits = onlyDigits(prefix);
        return digits.startsWith("00") ? digits.substring(2) : digits;
    }

    private static String onlyDigits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        text.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }
}
