package io.trunkline.control.http;

import io.trunkline.control.store.Principal;
import io.trunkline.control.store.Scope;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * A request that holds by syntax.
 *
 * @param query declared parameters that were given, of their declared type
 * @param body as the document describes it; empty where there is none
 * @param bytes of the body, raw
 */
public record Ask(
        Principal principal,
        String requestId,
        Map<String, String> path,
        Map<String, Object> query,
        JsonObject body,
        int bytes,
        Optional<IdempotencyClaim> claim,
        HttpServerRequest raw) {

    public String id() {
        return path.getOrDefault("id", "");
    }

    public Scope scope() {
        return principal.scope();
    }

    public Optional<String> text(String parameter) {
        return Optional.ofNullable(query.get(parameter)).map(Object::toString);
    }

    public int integer(String parameter, int otherwise) {
        return query.get(parameter) instanceof Number number ? number.intValue() : otherwise;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(raw.getHeader(name));
    }
}
