package io.trunkline.sip.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A CIDR range of addresses. */
public final class AddressRange {
    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** Literal addresses and ranges only; anything else, a host name included, is empty. */
    public static Optional<AddressRange> range(String text) {
        String[] parts = text.strip().split("/", 2);
        if (!parts[0].matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            int longest = network.length * 8;
            String bits = parts.length == 2 ? parts[1] : Integer.toString(longest);
            boolean sound = bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= longest;
            return sound ? Optional.of(new AddressRange(network, Integer.parseInt(bits))) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The longer, the more specific. */
    public int prefix() {
        return prefix;
    }

    public static AddressRange of(InetAddress address) {
        return new AddressRange(address.getAddress(), address.getAddress().length * 8);
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((bytes[bit >> 3] & mask) != (network[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** As CIDR. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // its length was an address's when it was made
        }
    }
}
