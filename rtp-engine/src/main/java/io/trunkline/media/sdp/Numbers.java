package io.trunkline.media.sdp;

/** Whole numbers in a stranger's text. */
final class Numbers {
    private Numbers() {}

    /** Plain decimal digits up to {@code highest}, or −1. */
    static int parse(String text, int highest) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int value = Integer.parseInt(text);
        return value > highest ? -1 : value;
    }
}
