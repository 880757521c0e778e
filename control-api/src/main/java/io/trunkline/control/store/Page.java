package io.trunkline.control.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list, newest first. The cursor names the last item shown, not a number of items, so a list stays right
 * while rows arrive.
 *
 * @param cursor where the next page begins; empty on the last one
 */
public record Page(List<JsonObject> items, Optional<String> cursor) {

    /** How much, and after what. */
    public record Window(int limit, Optional<String> afterId) {
        public static Window of(int limit, Optional<String> cursor) {
            return new Window(limit, cursor.map(Page::decode));
        }
    }

    /** From one row more than was asked for. */
    public static Page of(List<JsonObject> found, int limit) {
        if (found.size() <= limit) {
            return new Page(List.copyOf(found), Optional.empty());
        }
        List<JsonObject> items = List.copyOf(found.subList(0, limit));
        return new Page(items, Optional.of(encode(items.getLast().getString("id"))));
    }

    public JsonObject json() {
        return new JsonObject().put("items", new JsonArray(items)).put("next_cursor", cursor.orElse(null));
    }

    private static String encode(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** A cursor that is none reads as an id that sorts before everything: an empty page. */
    private static String decode(String cursor) {
        try {
            String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return id.indexOf('\0') < 0 ? id : "";
        } catch (IllegalArgumentException wrong) {
            return "";
        }
    }
}
