package io.trunkline.control.http;

import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** {@code /v1/session}: a browser gives its key once and gets a cookie that no script can read. */
final class SessionRoutes {
    private final Auth auth;
    private final Sessions sessions;

    SessionRoutes(Auth auth, Sessions sessions) {
        this.auth = auth;
        this.sessions = sessions;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "createSession",
                this::begin,
                "getSession",
                ask -> Future.succeededFuture(Answer.ok(json(ask.principal()))),
                "deleteSession",
                this::end);
    }

    private Future<Answer> begin(Ask ask) {
        refuseOtherSites(ask);
        return auth.ofKey(ask.raw(), ask.body().getString("key")).map(principal -> {
            JsonObject shown = json(principal);
            return new Answer.Json(
                    201, shown, Map.of("Set-Cookie", sessions.begin(ask.raw(), principal.keyId())), shown);
        });
    }

    private Future<Answer> end(Ask ask) {
        refuseOtherSites(ask);
        return Future.succeededFuture(new Answer.Direct(request -> {
            request.resume();
            request.response()
                    .setStatusCode(204)
                    .putHeader("Set-Cookie", sessions.end(request))
                    .end();
        }));
    }

    /** Nobody is to be signed in or out by a page of another site; a program sends no Origin. */
    private static void refuseOtherSites(Ask ask) {
        if (ask.header("Origin").isPresent() && !Sessions.isSameOrigin(ask.raw())) {
            throw Problem.forbidden("A page of another site may not do this.");
        }
    }

    private static JsonObject json(Principal principal) {
        return new JsonObject()
                .put("key_id", principal.keyId())
                .put("account_id", principal.accountId().orElse(null))
                .put("application_id", principal.applicationId().orElse(null))
                .put(
                        "scopes",
                        new JsonArray(principal.scopes().stream().sorted().toList()))
                .put("operator", principal.operator());
    }
}
