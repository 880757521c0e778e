package io.trunkline.control.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;

/** What an operation answers. */
public sealed interface Answer {
    /**
     * JSON.
     *
     * @param kept what a repetition of the request is answered: the same, save for secrets shown once
     */
    record Json(int status, JsonObject body, Map<String, String> headers, JsonObject kept) implements Answer {}

    record Text(int status, String contentType, String body, Map<String, String> headers) implements Answer {}

    record Empty(int status) implements Answer {}

    /** Takes over the connection: streams, files, WebSockets. */
    record Direct(Consumer<HttpServerRequest> writer) implements Answer {}

    static Answer ok(JsonObject body) {
        return json(200, body);
    }

    static Answer created(JsonObject body) {
        return json(201, body);
    }

    static Answer accepted(JsonObject body) {
        return json(202, body);
    }

    static Answer json(int status, JsonObject body) {
        return new Json(status, body, Map.of(), body);
    }

    static Answer tagged(int status, JsonObject body, long version) {
        return new Json(status, body, Map.of("ETag", "\"" + version + "\""), body);
    }

    static Answer noContent() {
        return new Empty(204);
    }
}
