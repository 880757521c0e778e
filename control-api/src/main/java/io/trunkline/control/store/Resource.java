package io.trunkline.control.store;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A piece of configuration.
 *
 * @param doc what the API shows
 * @param secret what it never shows again
 * @param version grows with each change
 */
public record Resource(
        String id,
        Optional<String> accountId,
        String name,
        JsonObject doc,
        JsonObject secret,
        long version,
        String createdAt) {

    public Resource with(String newName, JsonObject newDoc, JsonObject newSecret) {
        return new Resource(id, accountId, newName, newDoc, newSecret, version, createdAt);
    }
}
