package io.trunkline.control.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** An object's fields, each read only where it is of the type meant: what is of another type is as if absent. */
record Fields(JsonObject json) {
    /** A text that is not empty. */
    Optional<String> text(String name) {
        return json.getValue(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(json.getValue(name));
    }

    /** A whole number that fits an {@code int}. */
    Optional<Integer> whole(String name) {
        return json.getValue(name) instanceof Number number && number.doubleValue() == number.intValue()
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    Fields object(String name) {
        return new Fields(map(name).orElseGet(JsonObject::new));
    }

    Optional<JsonObject> map(String name) {
        return json.getValue(name) instanceof JsonObject map ? Optional.of(map) : Optional.empty();
    }

    /** The texts of a list; other items are left out. */
    List<String> texts(String name) {
        return json.getValue(name) instanceof JsonArray list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
