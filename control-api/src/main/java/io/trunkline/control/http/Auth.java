package io.trunkline.control.http;

import io.trunkline.control.store.ApiKeys;
import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Bearer keys. A key that held is believed for five seconds, so that a busy client costs no query a request; a
 * revoked one is forgotten at once on this node. Bounded: when full, everyone is asked again.
 */
public final class Auth {
    private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int KNOWN = 10_000;
    private static final int LONGEST_KEY = 512;

    private final ApiKeys keys;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Principal principal, long untilNanos) {}

    public Auth(ApiKeys keys) {
        this.keys = keys;
    }

    Future<Principal> authenticate(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return Future.failedFuture(unauthorized("Send your key as \"Authorization: Bearer <key>\"."));
        }
        String key = header.substring("bearer ".length()).strip();
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return Future.failedFuture(unauthorized("This is no key."));
        }
        Known remembered = known.get(key);
        if (remembered != null && remembered.untilNanos() - System.nanoTime() > 0) {
            return Future.succeededFuture(remembered.principal());
        }
        return keys.find(key).map(found -> remember(key, found));
    }

    /** Forgets everyone: a key was revoked. */
    void forget() {
        known.clear();
    }

    private Principal remember(String key, Optional<Principal> found) {
        if (found.isEmpty()) {
            known.remove(key);
            throw unauthorized("This key is unknown, revoked or expired.");
        }
        if (known.size() >= KNOWN) {
            known.clear();
        }
        known.put(key, new Known(found.get(), System.nanoTime() + BELIEVED_NANOS));
        keys.touch(found.get().keyId());
        return found.get();
    }

    private static Problem unauthorized(String detail) {
        return Problem.of(401, "unauthorized", detail);
    }
}
