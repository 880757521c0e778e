package io.trunkline.control.events;

import java.net.InetAddress;

/** A range of addresses, {@code 10.0.0.0/8} or {@code fc00::/7}. */
record CidrBlock(InetAddress prefix, int bits) {

    static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        InetAddress prefix = IpLiteral.parse(text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("no address block: \"" + text + "\""));
        int bits;
        try {
            bits = Integer.parseInt(text.substring(slash + 1));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("no address block: \"" + text + "\"", wrong);
        }
        if (bits < 0 || bits > prefix.getAddress().length * 8) {
            throw new IllegalArgumentException("no address block: \"" + text + "\"");
        }
        return new CidrBlock(prefix, bits);
    }

    boolean contains(InetAddress address) {
        byte[] mine = prefix.getAddress();
        byte[] other = address.getAddress();
        if (other.length != mine.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
