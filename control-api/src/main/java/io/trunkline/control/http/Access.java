package io.trunkline.control.http;

import io.trunkline.control.store.Principal;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Who may see and change which configuration. Another tenant's is as if it were not there. */
record Access(Principal principal, ResourceStore store) {

    /** Whose things are visible; empty: everyone's. */
    Optional<String> account() {
        return principal.accountId();
    }

    Future<Resource> find(ResourceKind kind, String reference) {
        return store.find(kind, reference, account()).map(found -> found.orElseThrow(Problem::notFound));
    }

    /** What serves all is the operator's to change. */
    Future<Resource> findOwn(ResourceKind kind, String reference) {
        return find(kind, reference).map(found -> {
            if (found.accountId().isEmpty() && !principal.operator()) {
                throw Problem.forbidden("This serves every account; only the operator changes it.");
            }
            return found;
        });
    }

    /** The id behind a reference that a field gives, or a problem that names the field. */
    Future<String> reference(ResourceKind kind, JsonObject fields, String field) {
        return reference(kind, fields, field, account());
    }

    /** The same among what {@code owner} sees: names are unique in an account alone, and an operator sees all of them. */
    Future<String> reference(ResourceKind kind, JsonObject fields, String field, Optional<String> owner) {
        return store.find(kind, fields.getString(field), owner)
                .map(found -> found.orElseThrow(() -> Problem.invalid(field, "refers to nothing that exists"))
                        .id());
    }

    /** Whose a new thing will be: as the field says, else the key's account, else everyone's or the default one's. */
    Future<Optional<String>> owner(ResourceKind kind, JsonObject fields) {
        if (kind == ResourceKind.ACCOUNT) {
            return Future.succeededFuture(Optional.empty());
        }
        if (fields.containsKey("account_id")) {
            return reference(ResourceKind.ACCOUNT, fields, "account_id").map(Optional::of);
        }
        if (!principal.operator()) {
            return Future.succeededFuture(account());
        }
        if (kind.shared()) {
            return Future.succeededFuture(Optional.empty());
        }
        return store.find(ResourceKind.ACCOUNT, Tenants.DEFAULT, Optional.empty())
                .map(found -> found.map(Resource::id));
    }
}
