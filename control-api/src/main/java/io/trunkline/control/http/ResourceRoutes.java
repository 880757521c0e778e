package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.Principal;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceConflict;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Create, list, read, change and delete, for one kind of configuration. */
final class ResourceRoutes {
    private final ResourceStore store;
    private final ResourceRules rules;

    ResourceRoutes(ResourceStore store, ResourceRules rules) {
        this.store = store;
        this.rules = rules;
    }

    Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        operations.put("create" + rules.noun(), this::create);
        operations.put("list" + rules.noun() + "s", this::list);
        operations.put("get" + rules.noun(), this::get);
        operations.put("patch" + rules.noun(), this::patch);
        operations.put("delete" + rules.noun(), this::delete);
        return operations;
    }

    private Future<Answer> create(Ask ask) {
        Access access = new Access(mayWrite(ask.principal()), store);
        JsonObject fields = ask.body();
        return access.owner(rules.kind(), fields)
                .compose(owner -> rules.check(fields, access).compose(checked -> {
                    JsonObject secret = rules.takeSecrets(fields, new JsonObject());
                    return store.create(
                            rules.kind(),
                            ResourceStore.fresh(
                                    Ids.next(rules.kind().prefix()), owner, rules.name(fields), doc(fields), secret));
                }))
                .recover(ResourceRoutes::conflict)
                .compose(made -> rules.changed().map(_ -> {
                    JsonObject kept = show(made);
                    JsonObject shown = kept.copy();
                    rules.reveal(shown, made.secret());
                    return new Answer.Json(201, shown, Map.of("ETag", "\"" + made.version() + "\""), kept);
                }));
    }

    private Future<Answer> list(Ask ask) {
        Page.Window window = Page.Window.of(ask.integer("limit", 50), ask.text("cursor"));
        return store.list(rules.kind(), ask.principal().accountId(), window).map(found -> {
            List<JsonObject> shown = found.stream().map(this::show).toList();
            return Answer.ok(Page.of(shown, window.limit()).json());
        });
    }

    private Future<Answer> get(Ask ask) {
        return new Access(ask.principal(), store)
                .find(rules.kind(), ask.id())
                .map(found -> Answer.tagged(200, show(found), found.version()));
    }

    private Future<Answer> patch(Ask ask) {
        Access access = new Access(mayWrite(ask.principal()), store);
        return access.findOwn(rules.kind(), ask.id())
                .compose(found -> {
                    ifMatch(ask.header("If-Match"), found);
                    return change(found, ask.body(), access);
                })
                .recover(ResourceRoutes::conflict)
                .compose(changed -> rules.changed().map(_ -> Answer.tagged(200, show(changed), changed.version())));
    }

    private Future<Resource> change(Resource found, JsonObject fields, Access access) {
        JsonObject merged = found.doc().copy();
        if (rules.named()) {
            merged.put("name", found.name());
        }
        fields.forEach(field -> {
            if (field.getValue() == null) {
                merged.remove(field.getKey());
            } else {
                merged.put(field.getKey(), field.getValue());
            }
        });
        return rules.check(merged, access).compose(checked -> {
            JsonObject secret = rules.takeSecrets(merged, found.secret());
            String name = rules.name(merged);
            return store.update(rules.kind(), found.with(name, doc(merged), secret));
        });
    }

    private Future<Answer> delete(Ask ask) {
        Access access = new Access(mayWrite(ask.principal()), store);
        return access.findOwn(rules.kind(), ask.id())
                .compose(found -> {
                    ifMatch(ask.header("If-Match"), found);
                    return store.delete(rules.kind(), found.id());
                })
                .recover(ResourceRoutes::conflict)
                .compose(done -> rules.changed())
                .map(_ -> Answer.noContent());
    }

    JsonObject show(Resource resource) {
        JsonObject shown = new JsonObject().put("id", resource.id());
        if (rules.kind() != ResourceKind.ACCOUNT) {
            shown.put("account_id", resource.accountId().orElse(null));
        }
        if (rules.named()) {
            shown.put("name", resource.name());
        }
        resource.doc().forEach(field -> shown.put(field.getKey(), field.getValue()));
        shown.put("created_at", resource.createdAt());
        rules.show(shown, resource.secret());
        return shown;
    }

    private Principal mayWrite(Principal principal) {
        if (rules.operatorsAlone() && !principal.operator()) {
            throw Problem.forbidden("Only the operator's admin key may do this.");
        }
        return principal;
    }

    private JsonObject doc(JsonObject fields) {
        JsonObject doc = fields.copy();
        doc.remove("account_id");
        if (rules.named()) {
            doc.remove("name");
        }
        return doc;
    }

    private static void ifMatch(Optional<String> header, Resource found) {
        if (header.isPresent()
                && !header.get().equals("*")
                && !header.get().replace("W/", "").replace("\"", "").equals(String.valueOf(found.version()))) {
            throw Problem.conflict("It was changed since you read it: read it again.");
        }
    }

    static <T> Future<T> conflict(Throwable failure) {
        return Future.failedFuture(
                failure instanceof ResourceConflict taken
                        ? Problem.conflict(String.valueOf(taken.getMessage()))
                        : failure);
    }
}
