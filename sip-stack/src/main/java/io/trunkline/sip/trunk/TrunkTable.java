package io.trunkline.sip.trunk;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.auth.AddressRange;
import io.trunkline.sip.auth.Caller;
import io.trunkline.sip.auth.TlsCaller;
import io.trunkline.sip.wire.Source;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The trunks of a moment: which takes a number, and whose a call in is. */
public final class TrunkTable {
    /** From where a trunk calls. With a {@code strict} port it is that socket alone, else a port is only a preference. */
    private record Entrance(AddressRange range, int port, boolean strict, Trunk trunk) {
        boolean open(InetAddress address, int from) {
            return range.contains(address) && (!strict || port == from);
        }
    }

    private final Map<String, Trunk> byId = new LinkedHashMap<>();
    private final List<Entrance> entrances = new ArrayList<>();
    private final List<TlsCaller> tlsCallers = new ArrayList<>();

    /** Blocks on DNS for hosts given by name. */
    public TrunkTable(Collection<Trunk> trunks, Dns dns) {
        for (Trunk trunk : trunks) {
            byId.put(trunk.id(), trunk);
            List<Entrance> told = told(trunk);
            entrances.addAll(told);
            for (Trunk.Host host : trunk.hosts()) {
                for (InetAddress address : dns.addresses(host.host())) {
                    // an address that allow_from names with a port is trusted on that port alone
                    if (told.stream().noneMatch(e -> e.strict && e.range.contains(address))) {
                        entrances.add(new Entrance(AddressRange.of(address), host.port(), false, trunk));
                    }
                }
            }
        }
    }

    private List<Entrance> told(Trunk trunk) {
        List<Entrance> told = new ArrayList<>();
        for (String text : trunk.allowFrom()) {
            Caller.parse(text).ifPresent(caller -> {
                caller.range().ifPresent(r -> told.add(new Entrance(r, caller.port(), caller.port() != 0, trunk)));
                caller.tlsName()
                        .ifPresent(n -> tlsCallers.add(
                                new TlsCaller(trunk.id(), n, trunk.tls().caPem())));
            });
        }
        return told;
    }

    /** Who may show a certificate instead of an address. */
    public List<TlsCaller> tlsCallers() {
        return Collections.unmodifiableList(tlsCallers);
    }

    public Optional<Trunk> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The oldest trunk with this host. */
    public Optional<Trunk> at(String host, int port) {
        return byId.values().stream()
                .filter(t -> t.hostAt(host, port).isPresent())
                .findFirst();
    }

    public Collection<Trunk> all() {
        return List.copyOf(byId.values());
    }

    public boolean admits(InetAddress address, int port) {
        return entrances.stream().anyMatch(e -> e.open(address, port));
    }

    /** A verified certificate, else the most specific range, then the matching source port, then the oldest trunk. */
    public Optional<Trunk> caller(Source source) {
        if (source.trunkId().isPresent()) {
            return find(source.trunkId().get());
        }
        List<Entrance> open = entrances.stream()
                .filter(e -> e.open(source.address(), source.port()))
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
