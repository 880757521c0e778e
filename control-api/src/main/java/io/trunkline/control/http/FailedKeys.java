package io.trunkline.control.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Wrong keys, counted by the address they come from; a host of IPv6 has a whole /64 to come from. Past the limit a wrong
 * key is told to wait. A right one always opens, whoever else knocks from its address: a shared proxy locks nobody out.
 */
final class FailedKeys {
    private static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int PREFIX_BYTES = 8;

    private final RateLimit limit = new RateLimit(MOST, WINDOW);
    private final Counter wrong;
    private final Counter refused;

    FailedKeys(MeterRegistry meters) {
        this.wrong = Counter.builder("trunkline.keys.wrong")
                .description("Requests with a key that is unknown, revoked or expired")
                .register(meters);
        this.refused = Counter.builder("trunkline.keys.limited")
                .description("Those of them that were told to wait, being too many from one address")
                .register(meters);
    }

    /** What a wrong key is answered. */
    Problem problem(HttpServerRequest request, String detail) {
        wrong.increment();
        long wait = limit.waitNanos(address(request), System.nanoTime());
        if (wait == 0) {
            return Problem.of(401, "unauthorized", detail);
        }
        refused.increment();
        return Problem.later(
                429, "rate_limited", "Too many wrong keys came from this address.", Duration.ofNanos(wait));
    }

    private static String address(HttpServerRequest request) {
        String host = request.remoteAddress().hostAddress();
        if (host == null || host.indexOf(':') < 0) {
            return String.valueOf(host);
        }
        InetAddress address = InetAddress.ofLiteral(host);
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX_BYTES))
                : host;
    }
}
