package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Browser sessions: a signed cookie that names a key and ends by itself. The key never goes back out, a revoked key
 * ends its sessions on every node, and no script can read the cookie. Any thread.
 */
final class Sessions {
    private static final String COOKIE = "trunkline_session";
    private static final Duration LIFE = Duration.ofHours(12);
    private static final int ENDED = 10_000;
    private static final int LONGEST = 400;

    private final LinkSigner signer;
    private final InstantSource clock;
    /** Signed out before their time on this node; past the bound the oldest is forgotten. */
    private final Map<String, Instant> ended = new LinkedHashMap<>();

    Sessions(LinkSigner signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** The value of {@code Set-Cookie} that begins a session of this key. */
    String begin(HttpServerRequest request, String keyId) {
        String claim =
                Ids.next("ses") + "." + keyId + "." + clock.instant().plus(LIFE).getEpochSecond();
        return cookie(request, claim + "." + signer.signature("session", claim), LIFE);
    }

    /** Ends the request's session, if it has one; the value of {@code Set-Cookie} that takes it from the browser. */
    String end(HttpServerRequest request) {
        if (read(request).isPresent()) {
            synchronized (ended) {
                ended.put(value(request), clock.instant());
                if (ended.size() > ENDED) {
                    ended.remove(ended.keySet().iterator().next());
                }
            }
        }
        return cookie(request, "", Duration.ZERO);
    }

    /** The key that the request's cookie stands for; empty without a session, or from another site's page. */
    Optional<String> keyOf(HttpServerRequest request) {
        return isSameOrigin(request) ? read(request) : Optional.empty();
    }

    private Optional<String> read(HttpServerRequest request) {
        String token = value(request);
        String[] parts = token.split("\\.", -1);
        if (token.length() > LONGEST || parts.length != 4 || !parts[2].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        String claim = token.substring(0, token.lastIndexOf('.'));
        boolean holds = signer.isSignature("session", claim, parts[3])
                && clock.instant().getEpochSecond() < Long.parseLong(parts[2]);
        synchronized (ended) {
            return holds && !ended.containsKey(token) ? Optional.of(parts[1]) : Optional.empty();
        }
    }

    private static String value(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE);
        return cookie == null ? "" : cookie.getValue();
    }

    /**
     * Whether the page that asks came from here. What changes something, and a WebSocket, must show the {@code Origin}
     * that browsers always send with it; a plain GET of the same site carries none, so that Fetch Metadata or, where
     * a browser keeps that to encrypted sites, the {@code Referer} speaks for it. Silence is a no.
     */
    static boolean isSameOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return isOurs(origin, request);
        }
        if (!request.method().equals(HttpMethod.GET) || WebSockets.wanted(request)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || (site.equals("none") && isNavigation(request));
        }
        return isOurs(request.getHeader("Referer"), request);
    }

    /** Typed into the address bar, or opened from a bookmark: no page asked for it. */
    private static boolean isNavigation(HttpServerRequest request) {
        return "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    private static boolean isOurs(@Nullable String url, HttpServerRequest request) {
        String host = request.getHeader("Host");
        try {
            return url != null
                    && host != null
                    && host.equalsIgnoreCase(URI.create(url).getRawAuthority());
        } catch (IllegalArgumentException noUrl) {
            return false;
        }
    }

    private static String cookie(HttpServerRequest request, String value, Duration life) {
        boolean encrypted = request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        return COOKIE + "=" + value + "; Path=/; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=Strict"
                + (encrypted ? "; Secure" : "");
    }
}
