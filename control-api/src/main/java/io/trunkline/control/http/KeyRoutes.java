package io.trunkline.control.http;

import io.trunkline.control.store.ApiKeys;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An application's keys: shown once, when they are made. */
final class KeyRoutes {
    private static final JsonArray DEFAULT_SCOPES = new JsonArray(List.of("read", "write"));

    private final ApiKeys keys;
    private final ResourceStore store;
    private final Auth auth;

    KeyRoutes(ApiKeys keys, ResourceStore store, Auth auth) {
        this.keys = keys;
        this.store = store;
        this.auth = auth;
    }

    Map<String, Operation> operations() {
        return Map.of("createKey", this::create, "listKeys", this::list, "deleteKey", this::revoke);
    }

    private Future<Answer> create(Ask ask) {
        Access access = new Access(ask.principal(), store);
        return application(ask)
                .compose(application -> line(access, ask.body(), application).compose(line -> {
                    JsonObject body = ask.body();
                    String secret = ApiKeys.random();
                    ApiKeys.NewKey key = new ApiKeys.NewKey(
                            application.accountId(),
                            Optional.of(application.id()),
                            body.getString("name"),
                            body.getJsonArray("scopes", DEFAULT_SCOPES).stream()
                                    .map(String::valueOf)
                                    .toList(),
                            Optional.ofNullable(body.getString("dialect")),
                            line,
                            Optional.ofNullable(body.getString("expires_at")).map(OffsetDateTime::parse));
                    return keys.create(key, secret)
                            .map(made -> new Answer.Json(
                                    201,
                                    made.copy().put("key", secret),
                                    Map.of(),
                                    made.copy().put("key", made.getString("hint"))));
                }));
    }

    private Future<Answer> list(Ask ask) {
        return application(ask)
                .compose(application -> keys.list(application.id()))
                .map(all -> Answer.ok(new JsonObject().put("items", all).put("next_cursor", null)));
    }

    private Future<Answer> revoke(Ask ask) {
        return application(ask)
                .compose(application -> keys.revoke(application.id(), ask.path().getOrDefault("key_id", "")))
                .map(revoked -> {
                    if (!revoked) {
                        throw Problem.notFound();
                    }
                    auth.forget();
                    return Answer.noContent();
                });
    }

    private Future<Resource> application(Ask ask) {
        return new Access(ask.principal(), store).find(ResourceKind.APPLICATION, ask.id());
    }

    private static Future<Optional<String>> line(Access access, JsonObject body, Resource application) {
        return body.getString("line") == null
                ? Future.succeededFuture(Optional.empty())
                : access.reference(ResourceKind.LINE, body, "line", application.accountId())
                        .map(Optional::of);
    }
}
