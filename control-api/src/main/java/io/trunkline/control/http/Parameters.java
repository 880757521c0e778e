package io.trunkline.control.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.trunkline.control.http.ApiDocument.ParameterSpec;
import io.trunkline.control.http.Problem.FieldError;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the query: what the document declares, of the type it declares, each once; everything else is refused. */
final class Parameters {
    private static final String METADATA = "metadata.";

    private Parameters() {}

    static Map<String, Object> query(HttpServerRequest request, OperationSpec operation, Schemas schemas) {
        Map<String, Object> values = new HashMap<>();
        List<FieldError> errors = new ArrayList<>();
        given(request).forEach((name, all) -> {
            Optional<ParameterSpec> spec = spec(operation, name);
            if (spec.isEmpty()) {
                errors.add(new FieldError(name, "is not a known parameter"));
            } else if (all.size() > 1) {
                errors.add(new FieldError(name, "is given more than once"));
            } else if (all.getFirst().indexOf('\0') >= 0 || name.indexOf('\0') >= 0) {
                errors.add(new FieldError(spec.get().name(), "holds a character that is none"));
            } else if (name.startsWith(METADATA)) {
                values.put(name, all.getFirst());
            } else {
                Map<String, Object> schema = schemas.resolve(spec.get().schema());
                Object value = typed(all.getFirst(), String.valueOf(schema.get("type")));
                errors.addAll(schemas.check(value, schema, name));
                values.put(name, value);
            }
        });
        operation.parameters().stream()
                .filter(spec -> spec.in().equals("query") && spec.required() && !values.containsKey(spec.name()))
                .forEach(spec -> errors.add(new FieldError(spec.name(), "is required")));
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return values;
    }

    private static Map<String, List<String>> given(HttpServerRequest request) {
        try {
            return new QueryStringDecoder(request.uri()).parameters();
        } catch (IllegalArgumentException wrong) {
            throw Problem.invalid("query", "is not percent-encoded as it should be");
        }
    }

    private static Optional<ParameterSpec> spec(OperationSpec operation, String name) {
        String wanted = name.startsWith(METADATA) ? "metadata" : name;
        return operation.parameters().stream()
                .filter(spec -> spec.in().equals("query") && spec.name().equals(wanted))
                .findFirst();
    }

    /** As text where it is not what it should be: the check then says so. */
    private static Object typed(String text, String type) {
        return switch (type) {
            case "integer" -> text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
            case "boolean" -> text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
            default -> text;
        };
    }
}
