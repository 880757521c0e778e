package io.trunkline.control.http;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The OpenAPI 3.1 document, put together from one file a topic. It is served as it is and drives the server: what it
 * does not describe is refused.
 */
public final class ApiDocument {
    private static final List<String> FILES = List.of(
            "openapi",
            "calls",
            "control",
            "scripts",
            "events",
            "recordings",
            "trunks",
            "tenants",
            "numbers",
            "session",
            "system");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final Map<String, Object> root = new LinkedHashMap<>();
    private final List<OperationSpec> operations = new ArrayList<>();
    private final Schemas schemas;

    /**
     * One operation.
     *
     * @param scope which scope a key needs; empty: no key
     * @param signed whether a signed link does instead of a key
     * @param bodyLimit in bytes
     */
    public record OperationSpec(
            String id,
            String method,
            String path,
            List<ParameterSpec> parameters,
            Optional<Map<String, Object>> body,
            boolean bodyRequired,
            Optional<String> textBody,
            Optional<String> scope,
            boolean signed,
            int bodyLimit,
            Set<String> statuses) {}

    public record ParameterSpec(String name, String in, boolean required, Map<String, Object> schema) {}

    public ApiDocument() {
        FILES.forEach(this::merge);
        expandPartials(root);
        map(root.get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        addCommonResponses(method, map(operation));
                    }
                }));
        this.schemas = new Schemas(map(map(root.get("components")).get("schemas")));
        map(root.get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(operation(path, method, map(operation), map(item)));
                    }
                }));
    }

    public List<OperationSpec> operations() {
        return List.copyOf(operations);
    }

    public Schemas schemas() {
        return schemas;
    }

    public JsonObject json() {
        return new JsonObject(root);
    }

    private OperationSpec operation(
            String path, String method, Map<String, Object> operation, Map<String, Object> item) {
        List<ParameterSpec> parameters = new ArrayList<>();
        parameters(item).forEach(parameter -> parameters.add(parameter(parameter)));
        parameters(operation).forEach(parameter -> parameters.add(parameter(parameter)));
        Map<String, Object> requestBody = map(operation.get("requestBody"));
        Map<String, Object> content = map(requestBody.get("content"));
        Object json = map(content.get("application/json")).get("schema");
        return new OperationSpec(
                String.valueOf(operation.get("operationId")),
                method.toUpperCase(Locale.ROOT),
                path,
                List.copyOf(parameters),
                Optional.ofNullable(json).map(ApiDocument::map),
                Boolean.TRUE.equals(requestBody.get("required")),
                content.keySet().stream()
                        .filter(type -> !type.equals("application/json"))
                        .findFirst(),
                Optional.ofNullable(operation.get("x-scope")).map(Object::toString),
                Boolean.TRUE.equals(operation.get("x-signed-link")),
                operation.get("x-body-limit") instanceof Integer limit ? limit : Limits.BODY,
                map(operation.get("responses")).keySet());
    }

    private ParameterSpec parameter(Map<String, Object> given) {
        Map<String, Object> spec = given;
        if (given.get("$ref") instanceof String reference) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            spec = map(map(map(root.get("components")).get("parameters")).get(name));
        }
        return new ParameterSpec(
                String.valueOf(spec.get("name")),
                String.valueOf(spec.get("in")),
                Boolean.TRUE.equals(spec.get("required")),
                map(spec.get("schema")));
    }

    private static List<Map<String, Object>> parameters(Map<String, Object> holder) {
        return holder.get("parameters") instanceof List<?> list
                ? list.stream().map(ApiDocument::map).toList()
                : List.of();
    }

    private void merge(String name) {
        try (InputStream in = ApiDocument.class.getResourceAsStream("/openapi/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi/" + name + ".yaml is missing");
            }
            Object loaded = new Load(LoadSettings.builder().setLabel(name).build()).loadFromInputStream(in);
            merge(root, map(loaded));
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /** {@code x-partial: Name} stands for that schema with nothing required: what a PATCH takes. */
    private void expandPartials(Map<String, Object> holder) {
        for (Map.Entry<String, Object> entry : holder.entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> inner && inner.get("x-partial") instanceof String name) {
                Map<String, Object> whole =
                        map(map(map(root.get("components")).get("schemas")).get(name));
                Map<String, Object> partial = new LinkedHashMap<>(whole);
                partial.remove("required");
                Map<String, Object> properties = new LinkedHashMap<>(map(whole.get("properties")));
                properties.remove("account_id"); // nothing moves from one account to another
                partial.put("properties", properties);
                entry.setValue(partial);
            } else if (entry.getValue() instanceof Map<?, ?> inner) {
                expandPartials(map(inner));
            }
        }
    }

    /** What any request may be answered, whatever it asks for. */
    private static void addCommonResponses(String method, Map<String, Object> operation) {
        List<String> common = new ArrayList<>(List.of("400"));
        if (operation.get("x-scope") != null) {
            common.addAll(List.of("401", "403", "429", "503"));
        }
        if (!method.equals("get")) {
            common.add("413");
        }
        if (method.equals("post")) {
            common.addAll(List.of("409", "415"));
        }
        Map<String, Object> problem = Map.of("$ref", "#/components/responses/problem");
        common.forEach(status -> map(operation.get("responses")).putIfAbsent(status, problem));
    }

    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (into.get(key) instanceof Map && value instanceof Map) {
                merge(map(into.get(key)), map(value));
            } else {
                into.put(key, value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
