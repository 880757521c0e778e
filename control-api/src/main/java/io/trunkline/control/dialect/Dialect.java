package io.trunkline.control.dialect;

import io.trunkline.control.http.Answer;
import io.trunkline.control.http.Problem;
import io.trunkline.control.store.Principal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Another vendor's API, in terms of ours. */
interface Dialect {
    String name();

    List<Endpoint> endpoints();

    /** A refusal in this API's words. */
    Answer error(Problem problem);

    /** The key that a request carries, wherever this API carries it. */
    default Optional<String> key(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? Optional.of(header.substring("bearer ".length()).strip())
                : Optional.empty();
    }

    /** What else must hold of a request whose key does: fails with a {@link Problem}. */
    default void check(HttpServerRequest request, Principal who) {}

    /**
     * What a user's server answers when it is asked what a call should do, as a script of ours. Empty when it is not in
     * this API's words; fails with a {@link Problem} when it is and they are wrong.
     */
    default Optional<JsonArray> script(JsonObject answer) {
        return Optional.empty();
    }

    /** One of our events as this API's webhooks tell it; empty when it knows no such thing. Always the same for one. */
    Optional<JsonObject> webhook(JsonObject event);

    /** The headers by which a receiver knows that a webhook is genuine, and what it is. */
    default Map<String, String> signature(JsonObject told, String body, List<String> secrets, Instant now) {
        return Map.of();
    }
}
