package io.trunkline.control.http;

import static io.trunkline.control.http.ApiDocument.map;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes values from the document's schemas: such as hold, and such as hardly ever do. */
final class SchemaSamples {
    private static final int DEEPEST = 4;
    private static final Map<String, List<String>> TEXTS = Map.of(
            "a phone number like +15550100001", List.of("+15550100001", "+442071838750", "+19"),
            "a phone number like +15550100001, or a sip: URI", List.of("+15550100001", "+99", "sip:a@example.com"),
            "a decimal number in quotes, such as \"0.0125\"", List.of("0", "0.01", "999999999999.999999"),
            "a decimal number in quotes, such as \"25.00\"", List.of("1", "-0.5", "12.25"),
            "a time of day such as 22:00", List.of("22:00", "00:00", "29:59"),
            "a time of day such as 07:00", List.of("07:00"));
    private static final List<Object> ODD = List.of(
            "",
            " ",
            "\u202e\u0000",
            "x".repeat(3000),
            "🦆",
            "' or 1=1 --",
            "../../etc/passwd",
            "\r\nVia: x",
            "%00",
            -1,
            0,
            1e308,
            9007199254740993L,
            0.1,
            true,
            new JsonArray(),
            new JsonArray().addNull(),
            new JsonObject(),
            new JsonObject().put("$ref", "#"),
            "null",
            "http://127.0.0.1:1/",
            "http://[::ffff:10.0.0.1]/",
            "٣٤");

    private final Schemas schemas;
    private final Random random;

    SchemaSamples(Schemas schemas, Random random) {
        this.schemas = schemas;
        this.random = random;
    }

    Object valid(Map<String, Object> schema) {
        return valid(schema, 0);
    }

    private Object valid(Map<String, Object> given, int depth) {
        Map<String, Object> schema = schemas.resolve(given);
        if (schema.get("oneOf") instanceof List<?> branches) {
            return valid(map(branches.get(depth > DEEPEST ? 0 : random.nextInt(branches.size()))), depth + 1);
        }
        if (schema.get("enum") instanceof List<?> allowed) {
            return allowed.get(random.nextInt(allowed.size()));
        }
        Object type = schema.get("type") instanceof List<?> several ? several.getFirst() : schema.get("type");
        return switch (String.valueOf(type)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "boolean" -> random.nextBoolean();
            case "integer" -> Math.round(number(schema));
            case "number" -> number(schema);
            default -> text(schema);
        };
    }

    private JsonObject object(Map<String, Object> schema, int depth) {
        JsonObject object = new JsonObject();
        Map<String, Object> properties = map(schema.get("properties"));
        List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
        required.forEach(name -> object.put(name.toString(), valid(map(properties.get(name.toString())), depth + 1)));
        List<String> optional = new ArrayList<>(properties.keySet());
        optional.removeAll(required);
        List<?> rivals = schema.get("x-at-most-one") instanceof List<?> list ? list : List.of();
        int least = schema.get("minProperties") instanceof Integer n ? n : 0;
        int wanted = schema.get("maxProperties") instanceof Integer n && n == 1
                ? 1
                : Math.max(least, depth > DEEPEST ? 0 : random.nextInt(4));
        boolean rivalTaken = false;
        while (object.size() < wanted + required.size() && !optional.isEmpty()) {
            String name = optional.remove(random.nextInt(optional.size()));
            boolean rival = rivals.contains(name);
            if (!rival || !rivalTaken) {
                rivalTaken |= rival;
                object.put(name, valid(map(properties.get(name)), depth + 1));
            }
        }
        if (schema.get("x-at-least-one") instanceof List<?> choices && !rivalTaken) {
            String name = String.valueOf(choices.getLast());
            object.put(name, valid(map(properties.get(name)), depth + 1));
        }
        return object;
    }

    private JsonArray array(Map<String, Object> schema, int depth) {
        int least = schema.get("minItems") instanceof Integer n ? n : 0;
        JsonArray array = new JsonArray();
        for (int i = Math.max(least, depth > DEEPEST ? 0 : random.nextInt(3)); i > 0; i--) {
            array.add(valid(map(schema.get("items")), depth + 1));
        }
        return array;
    }

    private double number(Map<String, Object> schema) {
        double least = schema.get("minimum") instanceof Number n ? n.doubleValue() : 0;
        double most = schema.get("maximum") instanceof Number n ? n.doubleValue() : 1000;
        return random.nextInt(5) == 0 ? least : least + Math.floor(random.nextDouble() * (most - least));
    }

    private String text(Map<String, Object> schema) {
        List<String> known = TEXTS.get(String.valueOf(schema.get("x-means")));
        if (known != null) {
            return known.get(random.nextInt(known.size()));
        }
        if ("date-time".equals(schema.get("format"))) {
            return "2030-01-0" + (1 + random.nextInt(9)) + "T00:00:00Z";
        }
        String pattern = String.valueOf(schema.getOrDefault("pattern", ".*"));
        for (String word : List.of(
                "name" + random.nextInt(1_000_000),
                "12",
                "+44",
                "USD",
                "en-GB",
                "call.ended",
                "opus",
                "/x",
                "a@b",
                "A")) {
            int length = word.length();
            boolean fits = !(schema.get("maxLength") instanceof Integer most) || length <= most;
            if (word.matches(pattern) && fits) {
                return word;
            }
        }
        return "x";
    }

    /** The same value with one thing wrong in it, more or less. */
    Object broken(Object value) {
        if (value instanceof JsonObject object && !object.isEmpty() && random.nextInt(5) > 0) {
            List<String> names = new ArrayList<>(object.fieldNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.put("unknown_" + name, object.getValue(name));
                default -> object.put(name, broken(object.getValue(name)));
            }
            return object;
        }
        if (value instanceof JsonArray array && !array.isEmpty() && random.nextInt(3) > 0) {
            int index = random.nextInt(array.size());
            array.set(index, broken(array.getValue(index)));
            return array;
        }
        return ODD.get(random.nextInt(ODD.size()));
    }
}
