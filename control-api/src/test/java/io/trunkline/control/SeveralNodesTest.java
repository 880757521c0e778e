package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.keys.KeyRing;
import io.trunkline.control.store.DatabaseUrl;
import io.trunkline.control.store.EmbeddedPostgres;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three real processes on one database; at the end one is killed in the middle of its work. */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralNodesTest {
    private static final JsonObject STAYS = new JsonObject().put("to", "+15550100001");
    private static final JsonObject SHORT = new JsonObject().put("to", "+15550100013");
    private static final int LIMIT = 3;

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static List<RunningServer> nodes;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(folder.resolve("database"));
        KeyRing.readOrMake(folder.resolve("keys"));
        nodes = List.of(begin(0), begin(1), begin(2)).stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static CompletableFuture<RunningServer> begin(int index) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                int ports = 40_000 + index * 2_000;
                return new RunningServer(
                        Files.createDirectories(folder.resolve("node" + index)),
                        Map.of(
                                "TRUNKLINE_DATABASE_URL",
                                url(postgres.url()),
                                "TRUNKLINE_NODE_NAME",
                                "node" + index,
                                "TRUNKLINE_SECRETS_KEYS",
                                folder.resolve("keys").toString(),
                                "TRUNKLINE_RTP_PORTS",
                                ports + "-" + (ports + 1_999)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String url(DatabaseUrl url) {
        return "postgresql://" + url.user() + ":" + url.password().orElseThrow().value() + "@127.0.0.1:" + url.port()
                + "/" + url.database() + "?sslmode=disable";
    }

    @AfterAll
    static void stop() {
        nodes.forEach(RunningServer::close);
        postgres.close();
    }

    @Test
    @Order(1)
    void aCommandReachesTheNodeThatOwnsTheCallWhicheverIsAsked() throws Exception {
        String call = nodes.get(0).call(STAYS);
        nodes.get(1).awaitCall(call, shown -> "in_progress".equals(shown.getString("status")));
        assertThat(nodes.get(1).show(call).getString("node")).isEqualTo("node0");

        HttpResponse<String> dtmf = nodes.get(1)
                .post(
                        "/v1/calls/" + call + "/dtmf",
                        new JsonObject().put("digits", "5").encode());
        assertThat(dtmf.statusCode()).as(dtmf.body()).isEqualTo(202);
        assertThat(nodes.get(2).get("/v1/calls/" + call + "/trace").body()).contains("INVITE");
        assertThat(nodes.get(2).delete("/v1/calls/" + call).statusCode()).isEqualTo(202);

        JsonObject ended = nodes.get(0).awaitCall(call, shown -> shown.getString("ended_at") != null);
        assertThat(ended.getString("status")).isEqualTo("completed");
        assertThat(nodes.get(1).delete("/v1/calls/" + call).statusCode()).isEqualTo(409);
    }

    @Test
    @Order(2)
    void aLimitHoldsOverAllNodesTogether() throws Exception {
        JsonObject account = new JsonObject(admin(
                "POST",
                "/v1/accounts",
                new JsonObject().put("name", "limited").put("limits", new JsonObject().put("concurrent", LIMIT))));
        JsonObject application = new JsonObject(admin(
                "POST",
                "/v1/applications",
                new JsonObject().put("account_id", account.getString("id")).put("name", "limited")));
        String key = new JsonObject(admin(
                        "POST",
                        "/v1/applications/" + application.getString("id") + "/keys",
                        new JsonObject().put("name", "k")))
                .getString("key");
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            RunningServer node = nodes.get(i % nodes.size());
            answers.add(CompletableFuture.supplyAsync(() -> place(node, key)));
        }
        List<Integer> codes = answers.stream().map(CompletableFuture::join).toList();

        assertThat(codes).containsOnly(201, 429);
        assertThat(codes.stream().filter(code -> code == 201).count()).isEqualTo(LIMIT);
        String active = nodes.get(1).get("/v1/calls?status=active", key).body();
        assertThat(new JsonObject(active).getJsonArray("items")).hasSize(LIMIT);
        new JsonObject(active).getJsonArray("items").forEach(call -> hangUp(((JsonObject) call).getString("id"), key));
    }

    private static int place(RunningServer node, String key) {
        try {
            String call = STAYS.copy().put("from", "+15550100000").encode();
            int code = node.post("/v1/calls", call, key).statusCode();
            while (code == 503) { // a machine too busy for its database says so
                TimeUnit.MILLISECONDS.sleep(200);
                code = node.post("/v1/calls", call, key).statusCode();
            }
            return code;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hangUp(String call, String key) {
        try {
            nodes.get(2).post("/v1/calls/" + call + "/hangup", "{}", key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String admin(String method, String path, JsonObject body) throws Exception {
        HttpResponse<String> answer = nodes.get(0).post(path, body.encode(), RunningServer.ADMIN_KEY);
        assertThat(answer.statusCode()).as(method + " " + path + answer.body()).isEqualTo(201);
        return answer.body();
    }

    @Test
    @Order(3)
    void aNodeKilledUnderLoadLosesNoEventAndItsCallsHaveTheirEndWithinHalfAMinute() throws Exception {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> feed = follow(nodes.get(2), heard);
        Set<String> placed = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> load = nodes.stream().map(node -> load(node, placed, over)).toList();
        List<String> doomed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            doomed.add(nodes.get(0).call(STAYS));
        }
        nodes.get(1).awaitCall(doomed.getLast(), shown -> "in_progress".equals(shown.getString("status")));

        nodes.get(0).kill();
        long killed = System.nanoTime();
        for (String call : doomed) {
            JsonObject shown = nodes.get(1).awaitCall(call, now -> now.getString("ended_at") != null);
            assertThat(shown.getJsonObject("cause").getString("code")).isEqualTo("node_restarted");
        }
        assertThat(System.nanoTime() - killed).isLessThan(TimeUnit.SECONDS.toNanos(30));
        over.set(true);
        for (Thread thread : load) {
            thread.join();
        }
        placed.addAll(doomed);
        for (String call : placed) {
            nodes.get(1).awaitCall(call, now -> now.getString("ended_at") != null);
            List<JsonObject> events = nodes.get(2).events(call);
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).getInteger("seq")).isEqualTo(i + 1);
            }
            assertThat(events)
                    .filteredOn(event -> "call.ended".equals(event.getString("type")))
                    .hasSize(1);
        }
        RunningServer.await("the feed of another node tells of every end", () -> heard.containsAll(placed));
        assertThat(feed).as("the feed goes on").isNotDone();
    }

    /** Short calls, one after the other, until told to stop or the node is gone. */
    private static Thread load(RunningServer node, Set<String> placed, AtomicBoolean over) {
        return Thread.ofVirtual().start(() -> {
            while (!over.get() && node.process().isAlive()) {
                try {
                    placed.add(node.call(SHORT));
                    TimeUnit.MILLISECONDS.sleep(300);
                } catch (Exception killedOrBusy) {
                    // what was not answered with 201 was not promised
                }
            }
        });
    }

    /** Calls of which the feed says that they have ended. */
    private static CompletableFuture<Void> follow(RunningServer node, Set<String> heard) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/v1/events"))
                .header("Authorization", "Bearer " + RunningServer.KEY)
                .header("Accept", "text/event-stream")
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response -> response.body()
                        .filter(line -> line.startsWith("data:"))
                        .forEach(line -> {
                            JsonObject event = new JsonObject(line.substring("data:".length()));
                            if ("call.ended".equals(event.getString("type"))) {
                                heard.add(event.getString("call_id"));
                            }
                        }));
    }
}
