package io.trunkline.control.events;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Stands before everything that is fetched or called by a URL that somebody gave us. Connect to {@link
 * Target#address}, not to the name: a name may resolve to something else a moment later. Check every redirect again.
 */
public final class UrlGuard {
    private static final int MAX_LENGTH = 2048;
    private static final int DNS_THREADS = 8;

    private final WorkerExecutor dns;
    private final FetchPolicy policy;
    private final Resolver resolver;

    /** What turns a name into addresses; may block. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    public UrlGuard(Vertx vertx, FetchPolicy policy) {
        this(vertx, policy, InetAddress::getAllByName);
    }

    UrlGuard(Vertx vertx, FetchPolicy policy, Resolver resolver) {
        this.resolver = resolver;
        this.dns = vertx.createSharedWorkerExecutor("url-guard-dns", DNS_THREADS);
        this.policy = policy;
    }

    /** A URL that may be connected to, at this address only. */
    public record Target(URI uri, InetAddress address, int port) {}

    /** Says why a URL is not to be fetched. */
    public static final class UrlRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UrlRefused(String why) {
            super(why, null, false, false);
        }
    }

    /** What can be said without asking DNS: empty when there is nothing against it. */
    public Optional<String> objection(String url, Set<String> schemes) {
        try {
            URI uri = parse(url, schemes);
            Optional<InetAddress> literal = IpLiteral.parse(host(uri));
            if (literal.isPresent() && !permitted(uri, literal.get())) {
                return Optional.of("addresses inside a private network are not fetched from");
            }
            return Optional.empty();
        } catch (UrlRefused refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** Resolves the name and picks an address that may be connected to; fails with {@link UrlRefused}. */
    public Future<Target> resolve(String url, Set<String> schemes) {
        URI uri;
        try {
            uri = parse(url, schemes);
        } catch (UrlRefused refused) {
            return Future.failedFuture(refused);
        }
        return addresses(host(uri)).map(addresses -> {
            for (InetAddress address : addresses) {
                if (permitted(uri, address)) {
                    return new Target(uri, address, port(uri));
                }
            }
            throw new UrlRefused("\"" + host(uri)
                    + "\" is inside a private network; fetch.allow can permit it (TRUNKLINE_FETCH_ALLOW)");
        });
    }

    private Future<InetAddress[]> addresses(String host) {
        Optional<InetAddress> literal = IpLiteral.parse(host);
        if (literal.isPresent()) {
            return Future.succeededFuture(new InetAddress[] {literal.get()});
        }
        return dns.executeBlocking(() -> resolver.resolve(host), false)
                .timeout(3, TimeUnit.SECONDS)
                .recover(unknown -> Future.failedFuture(new UrlRefused("\"" + host + "\" cannot be resolved")));
    }

    private boolean permitted(URI uri, InetAddress address) {
        return PublicAddress.is(address) || policy.allows(host(uri), address, port(uri));
    }

    private static URI parse(String url, Set<String> schemes) {
        if (url.length() > MAX_LENGTH) {
            throw new UrlRefused("is longer than " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException wrong) {
            throw new UrlRefused("is not a URL");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme)) {
            throw new UrlRefused("must begin with "
                    + String.join(":// or ", schemes.stream().sorted().toList()) + "://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new UrlRefused("must not carry a user name or password");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new UrlRefused("has no host");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new UrlRefused("has no possible port");
        }
        return uri;
    }

    private static String host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") || uri.getScheme().equalsIgnoreCase("wss") ? 443 : 80;
    }
}
