package io.trunkline.control.events;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Addresses as people and attackers write them. Besides the usual forms, those of inet_aton: one to four numbers,
 * decimal, octal ({@code 0177}) or hexadecimal ({@code 0x7f}), the last one filling what is left.
 */
final class IpLiteral {
    private IpLiteral() {}

    static Optional<InetAddress> parse(String host) {
        String text = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (text.contains(":")) {
            return ipv6(text);
        }
        String[] parts = (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i]);
            int bytes = i < parts.length - 1 ? 1 : 5 - parts.length;
            if (part < 0 || part >= 1L << (8 * bytes)) {
                return Optional.empty();
            }
            address = (address << (8 * bytes)) | part;
        }
        return Optional.of(
                of(new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address}));
    }

    private static Optional<InetAddress> ipv6(String text) {
        if (!text.matches("[0-9a-fA-F:.]+(%.*)?")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text.replaceFirst("%.*", "")));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static long number(String part) {
        if (part.isEmpty() || part.length() > 20) {
            return -1;
        }
        try {
            if (part.startsWith("0x") || part.startsWith("0X")) {
                return part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16);
            }
            boolean octal = part.length() > 1 && part.startsWith("0");
            return part.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(part, octal ? 8 : 10) : -1;
        } catch (NumberFormatException wrong) {
            return -1;
        }
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrong) {
            throw new IllegalStateException("four bytes are an address", wrong);
        }
    }
}
