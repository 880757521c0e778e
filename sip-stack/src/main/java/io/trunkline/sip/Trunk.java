package io.trunkline.sip;

import io.trunkline.sip.auth.AddressRange;
import io.trunkline.sip.auth.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A way to the phone network: where, as whom, and with which habits. Immutable; a change is a new one.
 *
 * @param keepAlive how often a pair of line breaks keeps the way through a NAT open (RFC 5626 3.5.1); zero is never
 * @param largeByTcp whether a request that UDP would have to cut up tries TCP first (RFC 3261 18.1.1)
 */
public record Trunk(
        String id,
        String name,
        List<Host> hosts,
        Optional<Auth> auth,
        boolean challenge,
        boolean register,
        Optional<Host> proxy,
        List<String> prefixes,
        int priority,
        int weight,
        List<String> allowFrom,
        Identity identity,
        NumberFormat numberFormat,
        Map<String, String> headers,
        Duration optionsPing,
        Duration keepAlive,
        boolean largeByTcp,
        SessionTimer sessionTimer,
        Tls tls,
        boolean allowRedirect,
        boolean allowTransfer,
        Set<Integer> failoverCodes,
        Optional<String> profile) {

    public enum Transport {
        UDP,
        TCP,
        TLS
    }

    /** One host; {@code port} 0 means look it up by DNS (RFC 3263). */
    public record Host(String host, int port, Transport transport, int priority, int weight) {}

    public record Auth(String username, String password, Optional<String> realm) {
        @Override
        public String toString() {
            return "Auth[username=" + username + "]";
        }
    }

    /** Who we say we are. Empty means the plain default: the caller id in From. */
    public record Identity(
            Optional<String> fromUser,
            Optional<String> fromHost,
            boolean pAssertedIdentity,
            boolean pPreferredIdentity,
            boolean remotePartyId,
            Optional<String> diversion) {
        public static final Identity DEFAULT =
                new Identity(Optional.empty(), Optional.empty(), false, false, false, Optional.empty());
    }

    /** From E.164 to what the carrier dials: strip leading characters, put a prefix before. */
    public record NumberFormat(boolean plus, int strip, String prefix) {
        public static final NumberFormat E164 = new NumberFormat(true, 0, "");
    }

    /** RFC 4028. */
    public record SessionTimer(boolean enabled, Duration expires, Duration minimum) {
        public static final SessionTimer DEFAULT =
                new SessionTimer(true, Duration.ofMinutes(30), Duration.ofSeconds(90));
    }

    /** PEM texts; empty means the system's trust and no client certificate. */
    public record Tls(
            Optional<String> caPem,
            Optional<String> clientCertPem,
            Optional<String> clientKeyPem,
            Optional<String> serverName) {
        public static final Tls DEFAULT =
                new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return "Tls[serverName=" + serverName + "]";
        }
    }

    /** The carrier's own name where {@code hop} may be an outbound proxy that only leads there. */
    public String domain(String hop) {
        return proxy.isPresent() ? hosts.getFirst().host() : hop;
    }

    /** The host of that name; {@code wanted} 0 is any port. */
    public Optional<Host> hostAt(String name, int wanted) {
        return hosts.stream()
                .filter(h -> h.host().equalsIgnoreCase(name) && (wanted == 0 || h.port() == 0 || h.port() == wanted))
                .findFirst();
    }

    /** The addresses of {@code allowFrom}, as media may come from them: without ports and certificates. */
    public List<String> allowedAddresses() {
        return allowFrom.stream()
                .flatMap(text -> Caller.parse(text).stream())
                .flatMap(caller -> caller.range().stream())
                .map(AddressRange::toString)
                .toList();
    }

    /** Whether that may stand in {@code allowFrom}. */
    public static boolean mayAllow(String text) {
        return Caller.parse(text).isPresent();
    }

    /** A trunk of one host and nothing else: the start of every test and of the sandbox. */
    public static Trunk peer(String id, Host host) {
        return new TrunkBuilder(id).hosts(List.of(host)).build();
    }

    /** One with all the defaults, to be filled in. */
    public static TrunkBuilder named(String id, String name) {
        return new TrunkBuilder(id).name(name);
    }

    /** A copy to change. */
    public TrunkBuilder edit() {
        return new TrunkBuilder(this);
    }
}
