package io.trunkline.control.http;

import java.net.InetAddress;

/** Addresses and ranges of them, as {@code allow_from} takes them: literals alone, never names. */
final class Ranges {
    private Ranges() {}

    static boolean isValid(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            int most = InetAddress.ofLiteral(address).getAddress().length * 8;
            if (slash < 0) {
                return true;
            }
            String bits = text.substring(slash + 1);
            return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }
}
