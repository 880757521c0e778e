package io.trunkline.control;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves out the addresses of a family this machine does not have, so that one default suits every machine. */
final class BindAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(BindAddresses.class);

    private BindAddresses() {}

    static List<String> present(List<String> wanted) {
        List<String> present =
                wanted.stream().filter(BindAddresses::familyIsPresent).toList();
        if (present.size() < wanted.size()) {
            LOG.info("Listening on {} of {}: the machine has no other family", present, wanted);
        }
        return present;
    }

    private static boolean familyIsPresent(String address) {
        boolean version4 = InetAddress.ofLiteral(address) instanceof Inet4Address;
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(local -> local instanceof Inet4Address == version4);
        } catch (SocketException e) {
            return true;
        }
    }

    static boolean isLoopback(String address) {
        return InetAddress.ofLiteral(address).isLoopbackAddress();
    }

    /** Where media towards a peer of that family binds: what signalling is bound to, or this machine's own address. */
    static InetAddress media(List<String> bound, boolean six) {
        InetAddress any = six ? Inet6Address.ofLiteral("::1") : Inet4Address.ofLiteral("127.0.0.1");
        return bound.stream()
                .map(InetAddress::ofLiteral)
                .filter(address -> address instanceof Inet6Address == six)
                .map(address -> address.isAnyLocalAddress() ? ownAddress(six).orElse(any) : address)
                .findFirst()
                .orElse(any);
    }

    private static Optional<InetAddress> ownAddress(boolean six) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(local -> local instanceof Inet6Address == six)
                    .filter(local -> !local.isLoopbackAddress() && !local.isLinkLocalAddress())
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "node";
        }
    }

    /** A port that was free a moment ago, for a listener of our own on loopback. */
    static int freePort() {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
