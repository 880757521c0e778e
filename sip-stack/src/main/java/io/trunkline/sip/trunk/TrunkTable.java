package io.trunkline.sip.trunk;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.auth.AddressRange;
import io.trunkline.sip.wire.Source;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The trunks of a moment: which takes a number, and whose a call in is. */
public final class TrunkTable {
    /** An address or range from which a trunk calls; {@code port} 0 where it may be any. */
    private record Entrance(AddressRange range, int port, Trunk trunk) {}

    private final Map<String, Trunk> byId = new LinkedHashMap<>();
    private final List<Entrance> entrances = new ArrayList<>();

    /** Blocks on DNS for hosts given by name. */
    public TrunkTable(Collection<Trunk> trunks, Dns dns) {
        for (Trunk trunk : trunks) {
            byId.put(trunk.id(), trunk);
            for (String range : trunk.allowFrom()) {
                AddressRange.range(range).ifPresent(r -> entrances.add(new Entrance(r, 0, trunk)));
            }
            for (Trunk.Host host : trunk.hosts()) {
                for (InetAddress address : dns.addresses(host.host())) {
                    entrances.add(new Entrance(AddressRange.of(address), host.port(), trunk));
                }
            }
        }
    }

    public Optional<Trunk> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<Trunk> all() {
        return List.copyOf(byId.values());
    }

    public boolean admits(InetAddress address) {
        return entrances.stream().anyMatch(e -> e.range.contains(address));
    }

    /** The most specific range wins, then the matching source port, then the oldest trunk. */
    public Optional<Trunk> caller(Source source) {
        List<Entrance> open = entrances.stream()
                .filter(e -> e.range.contains(source.address()))
                .toList();
        int longest = open.stream().mapToInt(e -> e.range.prefix()).max().orElse(0);
        List<Entrance> closest =
                open.stream().filter(e -> e.range.prefix() == longest).toList();
        return closest.stream()
                .filter(e -> e.port == source.port())
                .findFirst()
                .or(() -> closest.stream().findFirst())
                .map(Entrance::trunk);
    }

    /** Longest prefix, then priority, then weight; those that are down come after those that are not. */
    public List<Trunk> route(String to, Predicate<Trunk> down) {
        return byId.values().stream()
                .filter(t -> matched(t, to) >= 0)
                .sorted(Comparator.comparing((Trunk t) -> down.test(t))
                        .thenComparingInt(t -> -matched(t, to))
                        .thenComparingInt(Trunk::priority)
                        .thenComparingInt(t -> -t.weight()))
                .toList();
    }

    /** The length of the longest matching prefix; 0 for a trunk that takes every number, -1 for one that does not. */
    private static int matched(Trunk trunk, String to) {
        if (trunk.prefixes().isEmpty()) {
            return 0;
        }
        return trunk.prefixes().stream()
                .filter(to::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(-1);
    }
}
