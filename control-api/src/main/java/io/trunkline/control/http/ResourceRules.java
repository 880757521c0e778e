package io.trunkline.control.http;

import io.trunkline.control.store.ResourceKind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What is special about one kind of configuration; all else is the same for every kind. */
interface ResourceRules {
    ResourceKind kind();

    /** Ends the operation ids: {@code createTrunk}, {@code listTrunks} … */
    String noun();

    /** What it is called: unique in its account. */
    default String name(JsonObject fields) {
        return fields.getString("name");
    }

    /** Whether {@link #name} is a field of its own, shown as {@code name}. */
    default boolean named() {
        return true;
    }

    /** Whether only the operator may make, change and delete it. */
    default boolean operatorsAlone() {
        return false;
    }

    /** Refuses what the document cannot; may replace references by ids. Throws or fails with {@link Problem}. */
    default Future<Void> check(JsonObject fields, Access access) {
        return Future.succeededFuture();
    }

    /** Moves secrets out of what is shown; {@code before} is what was kept so far. */
    default JsonObject takeSecrets(JsonObject fields, JsonObject before) {
        return before;
    }

    /** Adds what is worked out rather than stored. */
    default void show(JsonObject shown, JsonObject secret) {}

    /** Adds, once, in the answer to its creation, what is never shown again. */
    default void reveal(JsonObject shown, JsonObject secret) {}

    /** One was made, changed or deleted; completes when the next request meets the change, and never fails. */
    default Future<Void> changed() {
        return Future.succeededFuture();
    }
}
