package io.trunkline.control.http;

import static io.trunkline.control.store.TestStorage.ADMIN_KEY;
import static io.trunkline.control.store.TestStorage.API_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.trunkline.control.http.ApiFixture.Reply;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks every route of the document with a stranger's key, the most powerful a tenant can have. */
class TenancyTest {
    private static ApiFixture api;
    private static String stranger;
    private static final Map<String, String> OWNED = new HashMap<>();

    @BeforeAll
    static void start() {
        api = new ApiFixture();
        api.post("/v1/accounts", new JsonObject().put("name", "stranger"), ADMIN_KEY);
        String application = api.post(
                        "/v1/applications",
                        new JsonObject().put("account_id", "stranger").put("name", "a"),
                        ADMIN_KEY)
                .json()
                .getString("id");
        JsonArray scopes = new JsonArray(List.of("read", "write", "account", "admin"));
        stranger = api.post(
                        "/v1/applications/" + application + "/keys",
                        new JsonObject().put("name", "k").put("scopes", scopes),
                        ADMIN_KEY)
                .json()
                .getString("key");
        own();
    }

    /** One thing of each kind that belongs to somebody else. */
    private static void own() {
        String call = api.post("/v1/calls", "{\"to\": \"+15550100001\", \"callback_url\": \"http://127.0.0.1:9/\"}")
                .json()
                .getString("id");
        String recording = "rec_" + call.substring(5);
        TestStorage.await(api.calls().happen(call, "recording.completed", Map.of("recording_id", recording)));
        String account = api.owner().accountId();
        OWNED.put("calls", call);
        OWNED.put("recordings", recording);
        OWNED.put("accounts", account);
        OWNED.put("applications", api.owner().applicationId());
        OWNED.put(
                "webhook-deliveries",
                api.get("/v1/webhook-deliveries")
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("id"));
        JsonArray hosts = new JsonArray().add(new JsonObject().put("host", "192.0.2.1"));
        OWNED.put("trunks", make("trunks", new JsonObject().put("name", "t").put("hosts", hosts)));
        OWNED.put("lines", make("lines", new JsonObject().put("name", "l")));
        OWNED.put("numbers", make("numbers", new JsonObject().put("number", "+15550111111")));
        OWNED.put("rates", make("rates", new JsonObject().put("prefix", "+9").put("per_minute", "1")));
    }

    private static String make(String kind, JsonObject body) {
        Reply made = api.post("/v1/" + kind, body.put("account_id", api.owner().accountId()), ADMIN_KEY);
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return made.json().getString("id");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void hidesEverythingOfOthersOnEveryRoute() {
        int walked = 0;
        for (OperationSpec operation : new ApiDocument().operations()) {
            String kind = operation.path().split("/", -1).length > 2
                    ? operation.path().split("/", -1)[2]
                    : "";
            if (!operation.path().contains("{id}") || !OWNED.containsKey(kind)) {
                continue;
            }
            walked++;
            String path = operation.path().replace("{id}", OWNED.get(kind)).replaceAll("\\{[a-z_]+\\}", "key_x");
            Reply reply = api.send(api.request(path, stranger)
                    .method(
                            operation.method(),
                            BodyPublishers.ofString(body(operation).encode())));
            assertThat(reply.status())
                    .as(operation.id() + " " + reply.raw().body())
                    .isIn(operatorsAlone(operation) ? Set.of(403, 404) : Set.of(404));
        }
        assertThat(walked).isGreaterThan(45);
        assertThat(api.calls().commands).isEmpty();
        assertThat(api.get("/v1/calls/" + OWNED.get("calls")).json().getString("status"))
                .isEqualTo("queued");
    }

    @Test
    void listsNothingOfOthers() {
        for (String kind : List.of(
                "calls",
                "recordings",
                "webhook-deliveries",
                "lines",
                "numbers",
                "media",
                "applications",
                "accounts",
                "usage")) {
            JsonArray items = api.call("GET", "/v1/" + kind, stranger, new JsonObject())
                    .json()
                    .getJsonArray("items");
            assertThat(items.encode()).as(kind).doesNotContain(api.owner().accountId());
        }
        assertThat(api.call("GET", "/v1/trunks", stranger, new JsonObject())
                        .raw()
                        .body())
                .doesNotContain(OWNED.get("trunks"));
        assertThat(api.call("GET", "/v1/rates", stranger, new JsonObject())
                        .raw()
                        .body())
                .doesNotContain(OWNED.get("rates"));
    }

    @Test
    void makesNothingInAnotherAccount() {
        JsonObject line = new JsonObject()
                .put("name", "theirs")
                .put("account_id", api.owner().accountId());
        assertThat(api.post("/v1/lines", line, stranger).status()).isEqualTo(400);
        assertThat(api.post("/v1/applications", line, stranger).status()).isEqualTo(400);
        assertThat(api.get("/v1/lines").raw().body()).doesNotContain("theirs");
    }

    @Test
    void keepsApplicationsOfOneAccountApartUnlessAKeySaysOtherwise() {
        String other = api.post(
                        "/v1/applications",
                        new JsonObject().put("account_id", "default").put("name", "second"),
                        ADMIN_KEY)
                .json()
                .getString("id");
        String narrow = api.post("/v1/applications/" + other + "/keys", new JsonObject().put("name", "n"), ADMIN_KEY)
                .json()
                .getString("key");
        String call = "/v1/calls/" + OWNED.get("calls");
        assertThat(api.call("GET", call, narrow, new JsonObject()).status()).isEqualTo(404);
        assertThat(api.call("GET", call, API_KEY, new JsonObject()).status()).isEqualTo(200);
        assertThat(api.call("GET", call, ADMIN_KEY, new JsonObject()).status()).isEqualTo(200);
    }

    private static boolean operatorsAlone(OperationSpec operation) {
        return Set.of("patchAccount", "deleteAccount", "createCredit").contains(operation.id());
    }

    /** Valid by syntax, so that only ownership can refuse it. */
    private static JsonObject body(OperationSpec operation) {
        return operation
                .body()
                .map(schema -> (JsonObject) new SchemaSamples(new ApiDocument().schemas(), new Random(1)).valid(schema))
                .orElse(new JsonObject());
    }
}
