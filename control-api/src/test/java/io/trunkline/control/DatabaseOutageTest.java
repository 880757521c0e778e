package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.store.DatabaseUrl;
import io.trunkline.control.store.EmbeddedPostgres;
import io.trunkline.control.store.TcpRelay;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away under a running node and comes back: the call that is up does not notice. */
class DatabaseOutageTest {
    private static final int AWAY_SECONDS = Integer.getInteger("outage.seconds", 6);

    @TempDir
    Path folder;

    @Test
    void theCallThatIsUpGoesOnNewOnesAreRefusedAndNothingIsMissingAfterwards() throws Exception {
        Path database = folder.resolve("database");
        EmbeddedPostgres postgres = EmbeddedPostgres.start(database);
        try (TcpRelay relay = new TcpRelay(postgres.url().port());
                RunningServer server = new RunningServer(
                        folder, Map.of("TRUNKLINE_DATABASE_URL", url(postgres.url(), relay.port())))) {
            JsonObject plan = new JsonObject()
                    .put("to", "+15550100001")
                    .put("record", true)
                    .put("play", new JsonObject().put("tone", "ringback").put("loop", 20));
            String call = server.call(new JsonObject().put("to", "+15550100001").put("record", true));
            server.awaitEvent(call, "recording.started");

            relay.target(0);
            postgres.close();
            RunningServer.await(
                    "new calls are refused", () -> post(server, plan).statusCode() == 503);
            long asked = System.nanoTime();
            HttpResponse<String> refused = post(server, plan);
            assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(2));
            assertThat(refused.body()).contains("storage_unavailable");
            RunningServer.await("health says so", () -> health(server).contains("degraded"));
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            TimeUnit.SECONDS.sleep(AWAY_SECONDS);

            postgres = EmbeddedPostgres.start(database);
            relay.target(postgres.url().port());
            long back = System.nanoTime();
            RunningServer.await("it recovers", () -> post(server, plan).statusCode() != 503);
            assertThat(System.nanoTime() - back).isLessThan(TimeUnit.SECONDS.toNanos(10));
            assertThat(server.show(call).getString("status")).isEqualTo("in_progress");
            server.delete("/v1/calls/" + call);
            assertThat(server.awaitEvent(call, "recording.completed"))
                    .containsSubsequence("call.answered", "recording.started", "call.ended");
            assertThat(server.events(call))
                    .extracting(event -> event.getInteger("seq"))
                    .isSorted()
                    .doesNotHaveDuplicates();
            JsonObject ended = server.show(call);
            assertThat(ended.getLong("duration_ms")).isGreaterThan(AWAY_SECONDS * 1000L);
        } finally {
            postgres.close();
        }
    }

    private static HttpResponse<String> post(RunningServer server, JsonObject plan) {
        try {
            return server.post("/v1/calls", plan.encode());
        } catch (Exception gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static String health(RunningServer server) {
        try {
            return server.get("/health/ready").body();
        } catch (Exception gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static String url(DatabaseUrl url, int port) {
        return "postgresql://" + url.user() + ":" + url.password().orElseThrow().value() + "@127.0.0.1:" + port + "/"
                + url.database() + "?sslmode=disable";
    }
}
