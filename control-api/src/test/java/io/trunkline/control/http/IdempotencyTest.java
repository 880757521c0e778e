package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.CallRefused;
import io.trunkline.control.http.ApiFixture.Reply;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One {@code Idempotency-Key}, several requests, over real sockets and a real database. */
class IdempotencyTest {
    private static final JsonObject BODY = new JsonObject().put("to", "+15550100001");
    private static ApiFixture api;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void open() {
        api.calls().waitFor(CompletableFuture.completedFuture(null));
        api.calls().refuseWith(null);
    }

    private Reply place(JsonObject body) {
        return api.post("/v1/calls", body, TestStorage.API_KEY, "Idempotency-Key", key);
    }

    @Test
    void ofManyAtOnceOneWorksAndTheOthersWaitForItsAnswer() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        api.calls().waitFor(gate);
        int before = api.calls().placed.size();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                replies.add(clients.submit(() -> place(BODY)));
            }
            until(() -> api.calls().placed.size() > before);
            assertThat(place(BODY.copy().put("tag", "other")).code())
                    .as("another body while the first is at work")
                    .isEqualTo("idempotency_conflict");
            assertThat(replies).noneMatch(Future::isDone);
            gate.complete(null);
            List<Reply> all = new ArrayList<>();
            for (Future<Reply> reply : replies) {
                all.add(reply.get(30, TimeUnit.SECONDS));
            }
            assertThat(all).extracting(Reply::status).containsOnly(201);
            assertThat(all)
                    .extracting(reply -> reply.json().getString("id"))
                    .containsOnly(all.getFirst().json().getString("id"));
            assertThat(all.stream()
                            .filter(reply -> reply.header("Idempotent-Replayed").isEmpty()))
                    .as("worked for itself")
                    .hasSize(1);
        }
        assertThat(api.calls().placed).hasSize(before + 1);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsAConflictAndAnotherPathIsNot() {
        assertThat(place(BODY).status()).isEqualTo(201);
        Reply other = place(BODY.copy().put("tag", "x"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("idempotency_conflict");
        String path = "/v1/lines";
        JsonObject line = new JsonObject().put("name", "line-" + key);
        assertThat(api.post(path, line, TestStorage.ADMIN_KEY, "Idempotency-Key", key)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatFailedOnOurSideIsTriedAnewAndWhatTheClientDidWrongIsKept() {
        api.calls().refuseWith(CallRefused.of(503, "draining", "Going down."));
        assertThat(place(BODY).status()).isEqualTo(503);
        api.calls().refuseWith(CallRefused.of(429, "cps_limit_reached", "Too fast."));
        assertThat(place(BODY).status()).isEqualTo(429);
        api.calls().refuseWith(CallRefused.of(402, "insufficient_balance", "No money."));
        assertThat(place(BODY).status()).isEqualTo(402);
        api.calls().refuseWith(null);
        Reply again = place(BODY);
        assertThat(again.status()).isEqualTo(402);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json().getString("code")).isEqualTo("insufficient_balance");
    }

    @Test
    void whatIsRefusedBeforeAnyWorkBeginsIsKeptTooSoThatItsRepetitionDoesNotWaitForIt() {
        for (int i = 0; i < 2; i++) {
            Reply reply = api.send(api.request("/v1/rates/import", TestStorage.ADMIN_KEY)
                    .setHeader("Content-Type", "text/csv")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString("")));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("Idempotent-Replayed")).isEqualTo(i == 0 ? "" : "true");
        }
    }

    @Test
    void aReplayShowsNoSecret() {
        String path = "/v1/applications/" + api.owner().applicationId() + "/keys";
        JsonObject body = new JsonObject().put("name", key).put("scopes", new JsonArray().add("read"));
        Reply first = api.post(path, body, TestStorage.ADMIN_KEY, "Idempotency-Key", key);
        Reply second = api.post(path, body, TestStorage.ADMIN_KEY, "Idempotency-Key", key);
        String secret = first.json().getString("key");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().getString("id")).isEqualTo(first.json().getString("id"));
        assertThat(second.raw().body()).doesNotContain(secret);
        assertThat(api.storage().query("select body from idempotency where body is not null"))
                .as("nor does the database keep it")
                .noneMatch(row -> String.valueOf(row.getString("body")).contains(secret));
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
