package io.trunkline.sip.trunk;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.SipUri;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** From hosts and URIs to addresses (RFC 3263): priority, weight, SRV and NAPTR. Blocks on DNS. */
public final class HopFinder {
    private final Dns dns;
    private final RandomGenerator random;

    public HopFinder(Dns dns, RandomGenerator random) {
        this.dns = dns;
        this.random = random;
    }

    /** Every address of the trunk, or of its outbound proxy, best first; looked up only when asked for. */
    public Iterator<Hop> hops(Trunk trunk) {
        List<Trunk.Host> hosts = trunk.proxy().map(List::of).orElseGet(() -> ordered(trunk.hosts()));
        return hosts.stream().flatMap(h -> addresses(h, trunk).stream()).iterator();
    }

    /** By priority, lowest first; within one by weight at random (RFC 2782). */
    List<Trunk.Host> ordered(List<Trunk.Host> hosts) {
        List<Trunk.Host> left = new ArrayList<>(hosts);
        left.sort(Comparator.comparingInt(Trunk.Host::priority));
        List<Trunk.Host> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            int best = left.getFirst().priority();
            List<Trunk.Host> peers =
                    left.stream().filter(h -> h.priority() == best).toList();
            Trunk.Host pick = byWeight(peers);
            ordered.add(pick);
            left.remove(pick);
        }
        return ordered;
    }

    private Trunk.Host byWeight(List<Trunk.Host> peers) {
        int total = peers.stream().mapToInt(h -> Math.max(0, h.weight())).sum();
        int draw = total == 0 ? 0 : random.nextInt(total);
        for (Trunk.Host host : peers) {
            draw -= Math.max(0, host.weight());
            if (draw < 0) {
                return host;
            }
        }
        return peers.getFirst();
    }

    private List<Hop> addresses(Trunk.Host host, Trunk trunk) {
        List<Hop> hops = new ArrayList<>();
        for (Dns.Target target : targets(host)) {
            for (InetAddress address : dns.addresses(target.host())) {
                hops.add(new Hop(address, target.port(), target.transport(), host.host(), Optional.of(trunk.tls())));
            }
        }
        return hops;
    }

    private List<Dns.Target> targets(Trunk.Host host) {
        if (host.port() != 0 || isAddress(host.host())) {
            int port = host.port() != 0 ? host.port() : defaultPort(host.transport());
            return List.of(new Dns.Target(host.host(), port, host.transport()));
        }
        List<Dns.Target> found = dns.services(host.host(), host.transport());
        return found.isEmpty()
                ? List.of(new Dns.Target(host.host(), defaultPort(host.transport()), host.transport()))
                : found;
    }

    /**
     * Where a request in a dialog goes. A URI with an address we could not reach from here (a private one behind the
     * peer's NAT) gives way to where the peer was heard.
     */
    public Hop hop(String uri, Hop heard, Trunk trunk) {
        Optional<SipUri> parsed = SipUri.parse(uri).filter(u -> !u.host().isEmpty());
        if (parsed.isEmpty()) {
            return heard;
        }
        Transport transport = transport(parsed.get(), heard);
        List<Hop> hops = addresses(
                new Trunk.Host(unbracketed(parsed.get().host()), parsed.get().port(), transport, 0, 0), trunk);
        return hops.stream()
                .filter(h -> !hidden(h.address(), heard.address()))
                .findFirst()
                .orElse(heard);
    }

    private static boolean hidden(InetAddress target, InetAddress heard) {
        boolean unreachable = target.isSiteLocalAddress() || target.isAnyLocalAddress() || target.isLinkLocalAddress();
        return unreachable && !heard.isSiteLocalAddress() && !heard.isLoopbackAddress() && !heard.isLinkLocalAddress();
    }

    private static Transport transport(SipUri uri, Hop heard) {
        if (uri.scheme().equals("sips")) {
            return Transport.TLS;
        }
        return switch (uri.param("transport").orElse("").toLowerCase(Locale.ROOT)) {
            case "tcp" -> Transport.TCP;
            case "tls" -> Transport.TLS;
            case "udp" -> Transport.UDP;
            // no word of it: a peer heard over a connection is answered over one (many forget the parameter)
            default -> heard.transport();
        };
    }

    private static boolean isAddress(String host) {
        return host.matches("[0-9.]+") || host.indexOf(':') >= 0;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int defaultPort(Transport transport) {
        return transport == Transport.TLS ? 5061 : 5060;
    }
}
