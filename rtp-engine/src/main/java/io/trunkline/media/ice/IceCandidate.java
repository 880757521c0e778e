package io.trunkline.media.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** An address that a side can be reached at (RFC 8839 section 5.1), over UDP. */
public record IceCandidate(InetSocketAddress address, long priority, String type) {
    private static final int HOST_PREFERENCE = 126;
    static final int PEER_REFLEXIVE_PREFERENCE = 110;
    private static final int SERVER_REFLEXIVE_PREFERENCE = 100;
    private static final long HIGHEST_PRIORITY = 0xffff_ffffL;

    /** Our own address; of several the first has the highest {@code preference}. */
    public static IceCandidate host(InetSocketAddress address, int preference) {
        return new IceCandidate(address, priority(HOST_PREFERENCE, preference), "host");
    }

    /** What the world sees of {@link #host} behind NAT. */
    public static IceCandidate seenFromOutside(InetSocketAddress address, int preference) {
        return new IceCandidate(address, priority(SERVER_REFLEXIVE_PREFERENCE, preference), "srflx");
    }

    /** RFC 8445 section 5.1.2.1, for component 1. */
    static long priority(int typePreference, int localPreference) {
        return ((long) typePreference << 24) | ((long) localPreference << 8) | 255;
    }

    /**
     * The value of an a=candidate line. Empty for what we cannot use: TCP, the RTCP component, and names, multicast DNS
     * ones among them, which are never resolved: such a peer is found by its own checks.
     */
    public static Optional<IceCandidate> parse(String value) {
        String text = value.startsWith("candidate:") ? value.substring("candidate:".length()) : value;
        String[] fields = text.strip().split("\\s+", 20);
        if (fields.length < 8
                || !fields[1].equals("1")
                || !fields[2].equalsIgnoreCase("udp")
                || !fields[6].equals("typ")) {
            return Optional.empty();
        }
        try {
            long priority = Long.parseLong(fields[3]);
            int port = Integer.parseInt(fields[5]);
            InetAddress host = InetAddress.ofLiteral(fields[4]);
            boolean usable = priority > 0
                    && priority <= HIGHEST_PRIORITY
                    && port > 0
                    && port < 65_536
                    && !host.isAnyLocalAddress()
                    && !host.isMulticastAddress();
            return usable
                    ? Optional.of(new IceCandidate(new InetSocketAddress(host, port), priority, fields[7]))
                    : Optional.empty();
        } catch (IllegalArgumentException nameOrNoNumber) {
            return Optional.empty();
        }
    }

    /** The attribute's value; {@code foundation} is the same for candidates of one kind and base. */
    public String text(int foundation) {
        String host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        String related = type.equals("host") ? "" : " raddr 0.0.0.0 rport 9";
        return foundation + " 1 udp " + priority + " " + (zone < 0 ? host : host.substring(0, zone)) + " "
                + address.getPort() + " typ " + type + related;
    }
}
