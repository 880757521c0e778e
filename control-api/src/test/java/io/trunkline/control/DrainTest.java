package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop as an operator sees it: by signal, with calls up. */
class DrainTest {
    private static final JsonObject LONG_CALL = new JsonObject().put("to", "+15550100001");

    @TempDir
    Path folder;

    @Test
    void aStopRefusesNewCallsAndLetsTheRunningOneGoOnUntilTheLimit() throws Exception {
        try (RunningServer server = new RunningServer(folder, Map.of("TRUNKLINE_DRAIN", "6s"))) {
            String running = talking(server);
            long begun = System.nanoTime();
            server.terminate();
            RunningServer.await("new calls are refused", () -> refusal(server).contains("draining"));
            HttpResponse<String> refused = server.post("/v1/calls", LONG_CALL.encode());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.get("/health/ready").body()).contains("degraded").contains("draining");
            assertThat(server.show(running).getString("status")).isEqualTo("in_progress");

            assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(6));
            server.start();
            JsonObject call = server.show(running);
            assertThat(call.getString("status")).isEqualTo("completed");
            assertThat(call.getJsonObject("cause").getString("code")).isEqualTo("node_draining");
            assertThat(server.awaitEvent(running, "call.ended")).containsOnlyOnce("call.ended");
        }
    }

    @Test
    void aSecondSignalEndsTheCallsAtOnce() throws Exception {
        try (RunningServer server = new RunningServer(folder, Map.of("TRUNKLINE_DRAIN", "10m"))) {
            String running = talking(server);
            server.terminate();
            RunningServer.await("new calls are refused", () -> refusal(server).contains("draining"));
            server.terminate();
            assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            server.start();
            assertThat(server.show(running).getJsonObject("cause").getString("code"))
                    .isEqualTo("node_draining");
        }
    }

    private static String talking(RunningServer server) throws Exception {
        String call = server.call(LONG_CALL);
        server.awaitCall(call, shown -> "in_progress".equals(shown.getString("status")));
        return call;
    }

    private static String refusal(RunningServer server) {
        try {
            return server.post(
                            "/v1/calls",
                            new JsonObject().put("to", "+15550100003").encode())
                    .body();
        } catch (Exception gone) {
            throw new IllegalStateException(gone);
        }
    }
}
