package io.trunkline.control.events;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which private addresses may be fetched from all the same: the entries of {@code fetch.allow}, each a CIDR block, a
 * host, or a host and port.
 */
public final class FetchPolicy {
    private final List<CidrBlock> blocks;
    private final List<HostEntry> hosts;

    private record HostEntry(String host, Optional<Integer> port) {}

    private FetchPolicy(List<CidrBlock> blocks, List<HostEntry> hosts) {
        this.blocks = List.copyOf(blocks);
        this.hosts = List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException naming the entry that is none of these */
    public static FetchPolicy of(List<String> entries) {
        List<CidrBlock> blocks = new ArrayList<>();
        List<HostEntry> hosts = new ArrayList<>();
        for (String entry : entries) {
            String text = entry.strip().toLowerCase(Locale.ROOT);
            if (text.contains("/")) {
                blocks.add(CidrBlock.parse(text));
            } else if (!text.isEmpty()) {
                hosts.add(host(text));
            }
        }
        return new FetchPolicy(blocks, hosts);
    }

    /** What holds while the API itself listens on loopback alone and nothing is configured. */
    public static FetchPolicy loopback() {
        return of(List.of("127.0.0.0/8", "::1/128"));
    }

    boolean allows(String host, InetAddress address, int port) {
        return blocks.stream().anyMatch(block -> block.contains(address))
                || hosts.stream()
                        .anyMatch(entry -> entry.host().equals(host)
                                && entry.port().map(p -> p == port).orElse(true));
    }

    private static HostEntry host(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException("fetch.allow: no host in \"" + text + "\"");
            }
            return new HostEntry(text.substring(1, end), port(text, text.substring(end + 1)));
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon != text.lastIndexOf(':')) {
            return new HostEntry(text, Optional.empty());
        }
        return new HostEntry(text.substring(0, colon), port(text, text.substring(colon)));
    }

    private static Optional<Integer> port(String entry, String tail) {
        if (tail.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseInt(tail.substring(1)));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("fetch.allow: no port in \"" + entry + "\"", wrong);
        }
    }
}
