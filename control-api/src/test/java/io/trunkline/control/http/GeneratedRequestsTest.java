package io.trunkline.control.http;

import static io.trunkline.control.store.TestStorage.ADMIN_KEY;
import static io.trunkline.control.store.TestStorage.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.trunkline.control.http.ApiDocument.ParameterSpec;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests made from the document, valid and broken, against the real server: never a 5xx, never a status that the
 * document does not name. A failure names the seed that repeats it.
 */
class GeneratedRequestsTest {
    @Test
    void answersAFewHundredGeneratedRequestsAsTheDocumentSays() {
        run(500, 1);
    }

    @Test
    @Tag("full")
    void answersTenThousandGeneratedRequestsAsTheDocumentSays() {
        run(10_000, System.nanoTime());
    }

    private static void run(int count, long seed) {
        Map<Integer, Integer> seen = new TreeMap<>();
        try (ApiFixture api = new ApiFixture()) {
            Walk walk = new Walk(api, new Random(seed));
            for (int i = 0; i < count; i++) {
                seen.merge(walk.step("seed " + seed + ", request " + i), 1, Integer::sum);
            }
        }
        System.out.println("generated requests by status: " + seen);
        assertThat(seen.keySet()).contains(200, 201, 400, 404);
    }

    private static final class Walk {
        private final ApiFixture api;
        private final Random random;
        private final ApiDocument document = new ApiDocument();
        private final SchemaSamples samples;
        private final List<OperationSpec> operations;
        private final Map<String, List<String>> ids = new HashMap<>();

        Walk(ApiFixture api, Random random) {
            this.api = api;
            this.random = random;
            this.samples = new SchemaSamples(document.schemas(), random);
            this.operations = document.operations().stream()
                    .filter(operation -> !operation.id().equals("followEvents"))
                    .toList();
        }

        int step(String name) {
            OperationSpec operation = operations.get(random.nextInt(operations.size()));
            String sent = body(operation);
            HttpRequest request = request(operation, sent);
            HttpResponse<byte[]> reply = send(name + " with " + sent, request);
            String what = name + ": " + request.method() + " " + request.uri() + " " + sent + " -> "
                    + reply.statusCode() + " " + new String(reply.body(), StandardCharsets.UTF_8);
            assertThat(reply.statusCode()).as(what).isLessThan(500);
            assertThat(operation.statuses()).as(what).contains(String.valueOf(reply.statusCode()));
            if (reply.statusCode() >= 400) {
                assertThat(new JsonObject(new String(reply.body(), StandardCharsets.UTF_8)).getString("code"))
                        .as(what)
                        .isNotBlank();
            } else if (reply.statusCode() == 201) {
                remember(operation, reply);
            }
            return reply.statusCode();
        }

        private void remember(OperationSpec operation, HttpResponse<byte[]> reply) {
            String id = new JsonObject(new String(reply.body(), StandardCharsets.UTF_8)).getString("id");
            if (id != null) {
                ids.computeIfAbsent(kind(operation.path()), fresh -> new ArrayList<>())
                        .add(id);
            }
        }

        private HttpRequest request(OperationSpec operation, String body) {
            List<String> known = ids.getOrDefault(kind(operation.path()), List.of());
            String id = known.isEmpty() || random.nextInt(4) == 0
                    ? encode(String.valueOf(samples.broken("x")))
                    : known.get(random.nextInt(known.size()));
            String path =
                    operation.path().replace("{id}", id.isBlank() ? "x" : id).replaceAll("\\{\\w+}", "y");
            String key = random.nextInt(50) == 0 ? "wrong" : random.nextInt(3) == 0 ? API_KEY : ADMIN_KEY;
            HttpRequest.Builder request =
                    api.request(path + query(operation), key).method(operation.method(), BodyPublishers.ofString(body));
            if (operation.textBody().isPresent()) {
                request.setHeader("Content-Type", operation.textBody().get());
            }
            if (random.nextInt(5) == 0) {
                request.header("Idempotency-Key", "k" + random.nextInt(5));
            }
            return request.build();
        }

        private String query(OperationSpec operation) {
            List<String> parts = new ArrayList<>();
            for (ParameterSpec parameter : operation.parameters()) {
                if (parameter.in().equals("query") && (parameter.required() || random.nextInt(4) == 0)) {
                    Object value = samples.valid(parameter.schema());
                    String text = String.valueOf(random.nextInt(3) == 0 ? samples.broken(value) : value);
                    parts.add(parameter.name() + "=" + encode(text));
                }
            }
            if (random.nextInt(30) == 0) {
                parts.add("unknown=1");
            }
            return parts.isEmpty() ? "" : "?" + String.join("&", parts);
        }

        private String body(OperationSpec operation) {
            if (operation.body().isEmpty()) {
                return operation.textBody().isPresent() && random.nextBoolean() ? "prefix,per_minute\n+1,0.1\n" : "";
            }
            Object value = samples.valid(operation.body().get());
            if (random.nextInt(2) == 0) {
                value = samples.broken(value);
            }
            String text = value instanceof String plain ? plain : Json.encode(value);
            return random.nextInt(40) == 0 ? text.substring(0, text.length() / 2) : text;
        }

        private HttpResponse<byte[]> send(String name, HttpRequest request) {
            try {
                return api.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException | InterruptedException broken) {
                throw new IllegalStateException(name + ": " + request + " broke the connection", broken);
            }
        }

        private static String kind(String path) {
            String[] parts = path.split("/", -1);
            return parts.length > 2 ? parts[2] : "";
        }

        private static String encode(String text) {
            return URLEncoder.encode(text.length() > 500 ? text.substring(0, 500) : text, StandardCharsets.UTF_8)
                    .replace("+", "%20");
        }
    }
}
