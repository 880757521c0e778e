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
import java.util.function.Supplier;

/**
 * Bearer keys, and the cookies of browser sessions that stand for one. A key that held is believed for five seconds, so that a busy client costs no query a request; a
 * revoked one is forgotten at once on this node. Bounded: when full, everyone is asked again.
 */
final class Auth {
    private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int KNOWN = 10_000;
    private static final int LONGEST_KEY = 512;

    private final ApiKeys keys;
    private final Sessions sessions;
    private final FailedKeys failed;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Principal principal, long untilNanos) {}

    Auth(ApiKeys keys, Sessions sessions, FailedKeys failed) {
        this.keys = keys;
        this.sessions = sessions;
        this.failed = failed;
    }

    Future<Principal> authenticate(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return sessions.keyOf(request)
                    .map(keyId -> known(request, "session " + keyId, () -> keys.byId(keyId)))
                    .orElseGet(() -> Future.failedFuture(noKey()));
        }
        if (!header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return Future.failedFuture(noKey());
        }
        return ofKey(request, header.substring("bearer ".length()).strip());
    }

    /** Whose key this is; fails when it is nobody's. */
    Future<Principal> ofKey(HttpServerRequest request, String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return Future.failedFuture(failed.problem(request, "This is no key."));
        }
        return known(request, "key " + key, () -> keys.find(key));
    }

    private Future<Principal> known(
            HttpServerRequest request, String by, Supplier<Future<Optional<Principal>>> question) {
        Known remembered = known.get(by);
        if (remembered != null && remembered.untilNanos() - System.nanoTime() > 0) {
            return Future.succeededFuture(remembered.principal());
        }
        return question.get().map(found -> remember(request, by, found));
    }

    /** Forgets everyone: a key was revoked. */
    void forget() {
        known.clear();
    }

    private Principal remember(HttpServerRequest request, String by, Optional<Principal> found) {
        if (found.isEmpty()) {
            known.remove(by);
            throw failed.problem(request, "This key is unknown, revoked or expired.");
        }
        if (known.size() >= KNOWN) {
            known.clear();
        }
        known.put(by, new Known(found.get(), System.nanoTime() + BELIEVED_NANOS));
        keys.touch(found.get().keyId());
        return found.get();
    }

    private static Problem noKey() {
        return Problem.of(401, "unauthorized", "Send your key as \"Authorization: Bearer <key>\".");
    }
}
