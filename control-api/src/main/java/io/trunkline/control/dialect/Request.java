package io.trunkline.control.dialect;

import io.trunkline.control.http.Answer;
import io.trunkline.control.http.NativeApi;
import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a dialect, from somebody whose key holds.
 *
 * @param bytes of the body; an empty body reads as an empty object
 */
record Request(NativeApi api, RoutingContext context, Principal who, Fields body, int bytes) {

    /** A parameter of the path; empty text where the path has none. */
    String path(String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    Optional<String> query(String name) {
        return context.queryParam(name).stream().findFirst();
    }

    /** Asks our own API and hands on its whole answer. */
    Future<Answer> answer(String operation, Optional<String> id, Map<String, Object> query, JsonObject body) {
        return api.perform(new NativeApi.Question(operation, who, id, query, body), context);
    }

    /** Asks our own API for an object. */
    Future<Answer.Json> ask(String operation, Optional<String> id, JsonObject body) {
        return answer(operation, id, Map.of(), body).map(Answer.Json.class::cast);
    }

    Future<Answer.Json> create(JsonObject call) {
        return ask("createCall", Optional.empty(), call);
    }

    Future<JsonObject> call(String id) {
        return ask("getCall", Optional.of(id), new JsonObject()).map(Answer.Json::body);
    }

    /** The line of that id or name, as this key sees it. */
    Future<JsonObject> line(String reference) {
        return ask("getLine", Optional.of(reference), new JsonObject()).map(Answer.Json::body);
    }
}
