package io.trunkline.media.net;

import java.net.InetAddress;

/** A range of addresses in CIDR notation. */
public record AddressBlock(InetAddress base, int prefixLength) {
    public AddressBlock {
        if (prefixLength < 0 || prefixLength > base.getAddress().length * 8) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " does not fit " + base);
        }
    }

    /** {@code 203.0.113.0/24}, {@code 2001:db8::/32}, or a single literal address. Never resolves a name. */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = base.getAddress().length * 8;
        return new AddressBlock(base, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
    }

    public static AddressBlock single(InetAddress address) {
        return new AddressBlock(address, address.getAddress().length * 8);
    }

    public boolean contains(InetAddress address) {
        byte[] wanted = base.getAddress();
        byte[] given = address.getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit += 8) {
            int mask = 0xff00 >> Math.min(8, prefixLength - bit) & 0xff;
            if (((wanted[bit / 8] ^ given[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
