package io.trunkline.sip.jain;

import gov.nist.javax.sip.ListeningPointExt;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.WireException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TooManyListenersException;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;

/** The addresses we listen on, and which of them, under which name, faces a given hop. */
final class Listening {
    private record Bound(InetAddress address, SipProvider provider) {}

    private final Engine engine;
    private final SipConfig config;
    private final List<Bound> bound = new ArrayList<>();
    private final Mappings mappings = new Mappings();

    Listening(Engine engine, SipConfig config) {
        this.engine = engine;
        this.config = config;
    }

    void open(SipListener listener) throws IOException {
        for (String address : config.bind()) {
            bound.add(new Bound(InetAddress.getByName(address), provider(address, listener)));
        }
    }

    private SipProvider provider(String address, SipListener listener) throws IOException {
        try {
            ListeningPoint udp = engine.createListeningPoint(address, config.port(), "udp");
            SipProvider provider = engine.createSipProvider(udp);
            provider.addListeningPoint(engine.createListeningPoint(address, config.port(), "tcp"));
            int tlsPort = config.tlsPort() != 0 ? config.tlsPort() : config.port();
            provider.addListeningPoint(engine.createListeningPoint(address, tlsPort, "tls"));
            provider.addSipListener(listener);
            return provider;
        } catch (SipException | InvalidArgumentException | TooManyListenersException e) {
            throw new IOException("cannot listen on " + address + ":" + config.port() + ": " + e.getMessage(), e);
        }
    }

    SipProvider provider(Hop hop) throws WireException {
        return facing(hop)
                .map(Bound::provider)
                .orElseThrow(() -> new WireException("no listening address faces " + hop, false));
    }

    private Optional<Bound> facing(Hop hop) {
        boolean six = hop.address() instanceof Inet6Address;
        List<Bound> family = bound.stream()
                .filter(b -> (b.address instanceof Inet6Address) == six)
                .toList();
        boolean loopback = hop.address().isLoopbackAddress();
        return family.stream()
                .filter(b -> b.address.isLoopbackAddress() == loopback)
                .findFirst()
                .or(() -> family.stream().findFirst());
    }

    /** How a hop of the net outside knows us: as configured, else as it has told us that it sees us. */
    String host(Hop hop) {
        InetAddress local = facing(hop).map(Bound::address).orElse(hop.address());
        InetAddress ours = local.isAnyLocalAddress() ? towards(hop) : local;
        if (near(hop.address()) && near(ours)) {
            return bracketed(ours.getHostAddress());
        }
        return configured(hop)
                .or(() -> mappings.seen(hop).map(InetSocketAddress::getHostString))
                .map(Listening::bracketed)
                .orElseGet(() -> bracketed(ours.getHostAddress()));
    }

    String hostPort(Hop hop) {
        int port = hop.transport() == Transport.TLS && config.tlsPort() != 0 ? config.tlsPort() : config.port();
        boolean mapped = !near(hop.address()) && configured(hop).isEmpty();
        int shown = mapped ? mappings.seen(hop).map(InetSocketAddress::getPort).orElse(port) : port;
        return host(hop) + ":" + shown;
    }

    private Optional<String> configured(Hop hop) {
        boolean six = hop.address() instanceof Inet6Address;
        return config.publicAddresses().stream()
                .filter(a -> a.contains(":") == six)
                .findFirst();
    }

    /** This machine or its own network, where nobody knows us by a public address. */
    private static boolean near(InetAddress address) {
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress();
    }

    Mappings mappings() {
        return mappings;
    }

    /** A pair of line breaks (RFC 5626 3.5.1) from the socket that the hop knows. */
    void keepAlive(Hop hop) throws WireException {
        String transport = hop.transport().name().toLowerCase(Locale.ROOT);
        try {
            ((ListeningPointExt) provider(hop).getListeningPoint(transport))
                    .sendHeartbeat(hop.address().getHostAddress(), hop.port());
        } catch (IOException | RuntimeException e) {
            throw new WireException("no keep-alive to " + hop, false, e);
        }
    }

    /** The address that the routing table would send from. Nothing is sent. */
    private static InetAddress towards(Hop hop) {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(hop.address(), hop.port());
            return probe.getLocalAddress();
        } catch (SocketException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address.split("%", 2)[0] + "]" : address;
    }
}
