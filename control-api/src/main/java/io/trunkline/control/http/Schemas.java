package io.trunkline.control.http;

import static io.trunkline.control.http.ApiDocument.map;

import io.trunkline.control.http.Problem.FieldError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against the document's schemas: the part of JSON Schema 2020-12 that the document uses. Errors name
 * the field. Unknown fields are refused wherever a schema lists its properties; a null on an optional field is dropped.
 *
 * <p>An own checker, since it must name fields the way the API does, treat null as absent, and pick the branch of a
 * {@code oneOf} by type so that the error speaks of what was meant.
 */
public final class Schemas {
    private static final int MOST_ERRORS = 20;
    private static final double EXACT = 9_007_199_254_740_992.0; // 2^53: beyond it a number is no longer itself

    private final Map<String, Object> named;
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    Schemas(Map<String, Object> named) {
        this.named = named;
    }

    /** All that is wrong with a value; nulls on optional fields are removed from it on the way. */
    public List<FieldError> check(Object value, Map<String, Object> schema, String path) {
        List<FieldError> errors = new ArrayList<>();
        check(value, schema, path, errors);
        return errors.size() > MOST_ERRORS ? List.copyOf(errors.subList(0, MOST_ERRORS)) : errors;
    }

    public Map<String, Object> named(String name) {
        return resolve(Map.of("$ref", "#/components/schemas/" + name));
    }

    public Map<String, Object> resolve(Map<String, Object> schema) {
        Map<String, Object> found = schema;
        while (found.get("$ref") instanceof String reference) {
            String name = reference.substring("#/components/schemas/".length());
            if (!named.containsKey(name)) {
                throw new IllegalStateException("no schema " + reference);
            }
            found = map(named.get(name));
        }
        return found;
    }

    private void check(@Nullable Object value, Map<String, Object> given, String path, List<FieldError> errors) {
        Map<String, Object> schema = resolve(given);
        if (schema.get("oneOf") instanceof List<?> branches) {
            checkBranch(value, branches, path, errors);
            return;
        }
        Object type = schema.get("type");
        if (type != null && !JsonType.matches(value, type)) {
            errors.add(new FieldError(path, "must be " + JsonType.describe(type)));
            return;
        }
        if (schema.get("enum") instanceof List<?> allowed
                && allowed.stream().noneMatch(one -> JsonType.same(one, value))) {
            errors.add(new FieldError(path, "must be one of " + JsonType.list(allowed)));
            return;
        }
        switch (value) {
            case String text -> checkText(text, schema, path, errors);
            case Number number -> checkNumber(number, schema, path, errors);
            case JsonObject object -> checkObject(object, schema, path, errors);
            case JsonArray array -> checkArray(array, schema, path, errors);
            case null, default -> {}
        }
    }

    private void checkBranch(@Nullable Object value, List<?> branches, String path, List<FieldError> errors) {
        List<Object> types = new ArrayList<>();
        for (Object branch : branches) {
            Map<String, Object> schema = resolve(map(branch));
            Object type = schema.get("type");
            if (type != null && JsonType.matches(value, type)) {
                check(value, schema, path, errors);
                return;
            }
            types.add(String.valueOf(type));
        }
        errors.add(new FieldError(path, "must be " + JsonType.describe(types)));
    }

    private void checkText(String text, Map<String, Object> schema, String path, List<FieldError> errors) {
        int length = text.codePointCount(0, text.length());
        if (schema.get("minLength") instanceof Integer least && length < least) {
            errors.add(new FieldError(
                    path, least == 1 ? "must not be empty" : "must have at least " + least + " characters"));
        } else if (schema.get("maxLength") instanceof Integer most && length > most) {
            errors.add(new FieldError(path, "must have at most " + most + " characters"));
        } else if (schema.get("pattern") instanceof String pattern
                && !patterns.computeIfAbsent(pattern, Pattern::compile)
                        .matcher(text)
                        .matches()) {
            errors.add(new FieldError(path, "must be " + schema.getOrDefault("x-means", "like " + pattern)));
        } else if ("date-time".equals(schema.get("format")) && !JsonType.isTime(text)) {
            errors.add(new FieldError(path, "must be a time such as 2026-01-31T12:00:00Z"));
        }
    }

    private static void checkNumber(Number number, Map<String, Object> schema, String path, List<FieldError> errors) {
        double value = number.doubleValue();
        if (schema.get("minimum") instanceof Number least && value < least.doubleValue()) {
            errors.add(new FieldError(path, "must be at least " + least));
        } else if (schema.get("maximum") instanceof Number most && value > most.doubleValue()) {
            errors.add(new FieldError(path, "must be at most " + most));
        } else if (schema.get("exclusiveMinimum") instanceof Number floor && value <= floor.doubleValue()) {
            errors.add(new FieldError(path, "must be more than " + floor));
        } else if (Math.abs(value) > EXACT) {
            errors.add(new FieldError(path, "is too large"));
        }
    }

    private void checkObject(JsonObject object, Map<String, Object> schema, String path, List<FieldError> errors) {
        Map<String, Object> properties = map(schema.get("properties"));
        List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
        for (String name : List.copyOf(object.fieldNames())) {
            String field = path.isEmpty() ? name : path + "." + name;
            Object value = object.getValue(name);
            if (properties.containsKey(name)) {
                Map<String, Object> property = map(properties.get(name));
                if (value == null && !JsonType.takesNull(resolve(property))) {
                    object.remove(name);
                } else {
                    check(value, property, field, errors);
                }
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                errors.add(new FieldError(field, "is not a known field"));
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> other) {
                check(value, map(other), field, errors);
            }
        }
        for (Object name : required) {
            if (!object.containsKey(name.toString())) {
                errors.add(new FieldError(path.isEmpty() ? name.toString() : path + "." + name, "is required"));
            }
        }
        checkSize(object, schema, path, errors);
    }

    private static void checkSize(JsonObject object, Map<String, Object> schema, String path, List<FieldError> errors) {
        String whole = path.isEmpty() ? "body" : path;
        if (schema.get("minProperties") instanceof Integer least && object.size() < least) {
            errors.add(new FieldError(whole, "must have at least " + least + " field" + (least == 1 ? "" : "s")));
        } else if (schema.get("maxProperties") instanceof Integer most && object.size() > most) {
            errors.add(new FieldError(whole, "must have at most " + most + " field" + (most == 1 ? "" : "s")));
        } else if (schema.get("x-max-bytes") instanceof Integer most
                && object.toBuffer().length() > most) {
            errors.add(new FieldError(whole, "must not be larger than " + most + " bytes of JSON"));
        }
        if (schema.get("x-at-most-one") instanceof List<?> rivals) {
            List<?> given = rivals.stream()
                    .filter(name -> object.containsKey(name.toString()))
                    .toList();
            if (given.size() > 1) {
                errors.add(new FieldError(
                        (path.isEmpty() ? "" : path + ".") + given.get(1), "cannot stand beside " + given.get(0)));
            }
        }
        if (schema.get("x-at-least-one") instanceof List<?> choices
                && choices.stream().noneMatch(name -> object.containsKey(name.toString()))) {
            errors.add(new FieldError(whole, "must have one of " + JsonType.list(choices)));
        }
    }

    private void checkArray(JsonArray array, Map<String, Object> schema, String path, List<FieldError> errors) {
        if (schema.get("minItems") instanceof Integer least && array.size() < least) {
            errors.add(new FieldError(path, "must have at least " + least + " items"));
        } else if (schema.get("maxItems") instanceof Integer most && array.size() > most) {
            errors.add(new FieldError(path, "must have at most " + most + " items"));
        } else if (schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < array.size() && errors.size() <= MOST_ERRORS; i++) {
                check(array.getValue(i), map(items), path + "[" + i + "]", errors);
            }
        }
    }
}
