package io.trunkline.control.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON Schema's idea of types. */
final class JsonType {
    private JsonType() {}

    static boolean matches(@Nullable Object value, Object type) {
        return type instanceof List<?> several
                ? several.stream().anyMatch(one -> matchesOne(value, one.toString()))
                : matchesOne(value, type.toString());
    }

    private static boolean matchesOne(@Nullable Object value, String type) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue());
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "null" -> value == null;
            default -> throw new IllegalStateException("no such type: " + type);
        };
    }

    static boolean takesNull(Map<String, Object> schema) {
        return schema.get("type") instanceof List<?> types && types.contains("null");
    }

    static boolean same(Object allowed, @Nullable Object value) {
        if (allowed instanceof Number a && value instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        return Objects.equals(allowed, value);
    }

    static String describe(Object type) {
        return type instanceof List<?> several
                ? several.stream().map(one -> describe(one)).collect(Collectors.joining(" or "))
                : switch (type.toString()) {
                    case "object" -> "an object";
                    case "array" -> "a list";
                    case "integer" -> "a whole number";
                    case "boolean" -> "true or false";
                    case "null" -> "null";
                    default -> "a " + type;
                };
    }

    static String list(List<?> allowed) {
        return allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static boolean isTime(String text) {
        try {
            int year = OffsetDateTime.parse(text).getYear();
            return year > 0 && year < 10_000;
        } catch (DateTimeException wrong) {
            return false;
        }
    }
}
