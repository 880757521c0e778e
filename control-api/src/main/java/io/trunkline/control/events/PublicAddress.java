package io.trunkline.control.events;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Tells addresses of the internet from all others (the IANA special-purpose registries, RFC 6890). */
final class PublicAddress {
    private static final List<CidrBlock> NOT_PUBLIC = List.of(
            CidrBlock.parse("0.0.0.0/8"),
            CidrBlock.parse("10.0.0.0/8"),
            CidrBlock.parse("100.64.0.0/10"),
            CidrBlock.parse("127.0.0.0/8"),
            CidrBlock.parse("169.254.0.0/16"), // link-local; cloud metadata
            CidrBlock.parse("172.16.0.0/12"),
            CidrBlock.parse("192.0.0.0/24"),
            CidrBlock.parse("192.0.2.0/24"),
            CidrBlock.parse("192.88.99.0/24"),
            CidrBlock.parse("192.168.0.0/16"),
            CidrBlock.parse("198.18.0.0/15"),
            CidrBlock.parse("198.51.100.0/24"),
            CidrBlock.parse("203.0.113.0/24"),
            CidrBlock.parse("224.0.0.0/4"),
            CidrBlock.parse("240.0.0.0/4"),
            CidrBlock.parse("::/96"), // unspecified, loopback, IPv4-compatible
            CidrBlock.parse("64:ff9b:1::/48"),
            CidrBlock.parse("100::/64"),
            CidrBlock.parse("2001::/23"),
            CidrBlock.parse("2001:db8::/32"),
            CidrBlock.parse("3fff::/20"),
            CidrBlock.parse("5f00::/16"),
            CidrBlock.parse("fc00::/7"),
            CidrBlock.parse("fe80::/10"),
            CidrBlock.parse("fec0::/10"),
            CidrBlock.parse("ff00::/8"));
    private static final CidrBlock NAT64 = CidrBlock.parse("64:ff9b::/96");
    private static final CidrBlock SIX_TO_FOUR = CidrBlock.parse("2002::/16");

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (NOT_PUBLIC.stream().anyMatch(block -> block.contains(address))) {
            return false;
        }
        // an IPv4 address inside an IPv6 one is judged as itself
        if (NAT64.contains(address)) {
            return is(inner(address, 12));
        }
        return !SIX_TO_FOUR.contains(address) || is(inner(address, 2));
    }

    private static InetAddress inner(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4));
        } catch (UnknownHostException wrong) {
            throw new IllegalStateException("four bytes are an address", wrong);
        }
    }
}
