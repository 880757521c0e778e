package io.trunkline.control.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists all the way down: call control knows nothing of Vert.x. */
final class PlainJson {
    private PlainJson() {}

    static Map<String, Object> map(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        return Collections.unmodifiableMap(map); // may hold nulls: they remove
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case JsonObject object -> map(object);
            case JsonArray array -> list(array);
            case null, default -> value;
        };
    }

    private static List<Object> list(JsonArray array) {
        List<Object> list = new ArrayList<>();
        array.forEach(item -> list.add(plain(item)));
        return Collections.unmodifiableList(list);
    }
}
