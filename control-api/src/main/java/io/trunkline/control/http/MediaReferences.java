package io.trunkline.control.http;

import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Uploaded audio that a request names, by id or name: put in by its id, or refused when the account has none such. */
final class MediaReferences {
    private static final String FIELD = "media_id";

    private final ResourceStore store;

    MediaReferences(ResourceStore store) {
        this.store = store;
    }

    Future<Void> resolve(JsonObject body, String accountId) {
        List<JsonObject> holders = new ArrayList<>();
        collect(body, holders);
        List<Future<Void>> found = new ArrayList<>();
        for (JsonObject holder : holders) {
            found.add(store.find(ResourceKind.MEDIA, holder.getString(FIELD), Optional.of(accountId))
                    .map(media -> put(
                            holder,
                            media.orElseThrow(() -> Problem.invalid(FIELD, "refers to no media of this account")))));
        }
        return Future.all(found).mapEmpty();
    }

    private static @Nullable Void put(JsonObject holder, Resource media) {
        holder.put(FIELD, media.id());
        return null;
    }

    private static void collect(@Nullable Object value, List<JsonObject> holders) {
        if (value instanceof JsonArray array) {
            array.forEach(item -> collect(item, holders));
        } else if (value instanceof JsonObject object) {
            if (object.getValue(FIELD) instanceof String) {
                holders.add(object);
            }
            object.fieldNames().stream()
                    .filter(name -> !name.equals("metadata"))
                    .forEach(name -> collect(object.getValue(name), holders));
        }
    }
}
