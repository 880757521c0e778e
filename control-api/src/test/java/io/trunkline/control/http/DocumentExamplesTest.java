package io.trunkline.control.http;

import static io.trunkline.control.http.ApiDocument.map;
import static io.trunkline.control.store.TestStorage.ADMIN_KEY;
import static io.trunkline.control.store.TestStorage.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.trunkline.control.http.ApiFixture.Reply;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every example of the document is sent to the real server, and every example of an answer is an answer. */
class DocumentExamplesTest {
    /** Whoever reads the document copies these first. */
    private static final Set<String> MAIN = Set.of(
            "createCall",
            "sayOnCall",
            "playOnCall",
            "gatherOnCall",
            "recordOnCall",
            "transferCall",
            "dialOnCall",
            "createTrunk",
            "createAccount",
            "createApplication",
            "createKey",
            "createCredit",
            "createLine",
            "createNumber",
            "createRate");

    private static final ApiDocument DOCUMENT = new ApiDocument();
    private static ApiFixture api;

    /** One example in its place. */
    private record Example(OperationSpec operation, String name, Object value) {}

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyMainRequestHasAnExampleAndSoHasItsAnswer() {
        assertThat(requests().stream().map(example -> example.operation().id())).containsAll(MAIN);
        for (OperationSpec operation : DOCUMENT.operations()) {
            boolean answers = operation.statuses().stream()
                    .filter(status -> status.startsWith("2"))
                    .anyMatch(status -> content(response(operation, Integer.parseInt(status)))
                            .containsKey("example"));
            assertThat(answers || !MAIN.contains(operation.id()))
                    .as(operation.id())
                    .isTrue();
        }
    }

    @TestFactory
    List<DynamicTest> everyExampleOfARequestIsAnsweredAsTheDocumentSays() {
        return requests().stream()
                .map(example ->
                        DynamicTest.dynamicTest(example.operation().id() + " " + example.name(), () -> send(example)))
                .toList();
    }

    private static void send(Example example) {
        OperationSpec operation = example.operation();
        Reply reply = api.send(api.request(path(operation), key(operation))
                .method(operation.method(), BodyPublishers.ofString(Json.encode(example.value()))));
        String what = operation.method() + " " + operation.path() + " " + Json.encode(example.value()) + " -> "
                + reply.status() + " " + reply.raw().body();
        assertThat(reply.status()).as(what).isBetween(200, 202);
        Map<String, Object> content = content(response(operation, reply.status()));
        assertThat(DOCUMENT.schemas().check(reply.json(), map(content.get("schema")), ""))
                .as(what)
                .isEmpty();
        isLike(reply, content, what);
        if (reply.status() == 201) {
            isShownAgain(operation, reply.json().getString("id"));
        }
    }

    private static void isLike(Reply reply, Map<String, Object> content, String what) {
        if (content.get("example") instanceof Map<?, ?> shown) {
            assertThat(reply.json().fieldNames()).as(what).isEqualTo(shown.keySet());
        }
    }

    /** What was made is found where the document says, and looks as it says. */
    private static void isShownAgain(OperationSpec made, String id) {
        for (OperationSpec operation : DOCUMENT.operations()) {
            if (operation.method().equals("GET") && operation.path().equals(made.path() + "/{id}")) {
                Reply reply =
                        api.send(api.request(made.path() + "/" + id, key(made)).GET());
                String what = operation.id() + " -> " + reply.status() + " "
                        + reply.raw().body();
                assertThat(reply.status()).as(what).isEqualTo(200);
                isLike(reply, content(response(operation, 200)), what);
            }
        }
    }

    /** Calls and applications have keys of their own kind; configuration is the administrator's. */
    private static String key(OperationSpec operation) {
        return operation.path().startsWith("/v1/calls") ? API_KEY : ADMIN_KEY;
    }

    private static String path(OperationSpec operation) {
        return operation.path().replace("{id}", id(operation.path()));
    }

    private static String id(String path) {
        if (path.startsWith("/v1/calls/")) {
            JsonObject call = new JsonObject().put("to", "+15550100001").put("answer_url", "http://127.0.0.1:1/x");
            return api.post("/v1/calls", call, API_KEY).json().getString("id");
        }
        return path.startsWith("/v1/applications/") ? api.owner().applicationId() : "default";
    }

    @Test
    void everyExampleOfAnAnswerIsOne() {
        List<String> checked = new ArrayList<>();
        for (OperationSpec operation : DOCUMENT.operations()) {
            for (String status : operation.statuses()) {
                Map<String, Object> content = content(response(operation, Integer.parseInt(status)));
                examples(content).forEach((name, value) -> {
                    assertThat(DOCUMENT.schemas().check(json(value), map(content.get("schema")), ""))
                            .as(operation.id() + " " + status + " " + name)
                            .isEmpty();
                    checked.add(operation.id() + " " + status);
                });
            }
        }
        assertThat(checked).contains("createCall 201", "createCall 400");
    }

    private static List<Example> requests() {
        List<Example> found = new ArrayList<>();
        for (OperationSpec operation : DOCUMENT.operations()) {
            Map<String, Object> body = map(item(operation).get("requestBody"));
            examples(map(map(body.get("content")).get("application/json")))
                    .forEach((name, value) -> found.add(new Example(operation, name, value)));
        }
        return found;
    }

    private static Map<String, Object> examples(Map<String, Object> content) {
        Map<String, Object> found = new LinkedHashMap<>();
        if (content.containsKey("example")) {
            found.put("example", content.get("example"));
        }
        map(content.get("examples"))
                .forEach((name, example) -> found.put(name, map(example).get("value")));
        return found;
    }

    private static Map<String, Object> item(OperationSpec operation) {
        Map<String, Object> paths = map(DOCUMENT.json().getMap().get("paths"));
        return map(map(paths.get(operation.path())).get(operation.method().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, Object> response(OperationSpec operation, int status) {
        Map<String, Object> response = map(map(item(operation).get("responses")).get(String.valueOf(status)));
        if (response.get("$ref") instanceof String reference) {
            Map<String, Object> responses =
                    map(map(DOCUMENT.json().getMap().get("components")).get("responses"));
            return map(responses.get(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        return response;
    }

    private static Map<String, Object> content(Map<String, Object> response) {
        Map<String, Object> content = map(response.get("content"));
        return map(content.getOrDefault("application/json", content.get("application/problem+json")));
    }

    private static Object json(Object value) {
        return new JsonObject(Json.encode(value));
    }
}
