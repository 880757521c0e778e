package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the whole program, is moved while calls run. */
@Tag("full")
class ClockStepTest {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
    private static final int TRIES = 10;

    @TempDir
    Path folder;

    @Test
    void aClockThatStepsAnHourEitherWayEndsNoCallAndMakesNoneLonger() throws Exception {
        assumeTrue(Files.exists(LIBRARY), "needs libfaketime");
        Path clock = Files.writeString(folder.resolve("clock"), "+0");
        Map<String, String> settings = Map.of(
                "LD_PRELOAD", LIBRARY.toString(),
                "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                // waits of the JVM are by the monotonic clock, which nobody steps
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
        try (RunningServer server = new RunningServer(folder, settings)) {
            String id = server.call(new JsonObject()
                    .put("to", "+15550100006")
                    .put("record", true)
                    .put("max_duration", 300));
            server.awaitEvent(id, "call.answered");
            long begun = System.nanoTime();
            for (String step : List.of("+3600", "-3600", "+0")) {
                Files.writeString(clock, step);
                JsonObject call = completes(server);
                for (int tries = 0; tries < TRIES && hoursAhead(call) != Long.parseLong(step) / 3600; tries++) {
                    call = completes(server);
                }
                assertThat(hoursAhead(call)).as("the program took the step").isEqualTo(Long.parseLong(step) / 3600);
                assertThat(call.getLong("duration_ms"))
                        .as("a short call after " + step)
                        .isLessThan(30_000);
                assertThat(server.show(id).getString("status"))
                        .as("after " + step)
                        .isEqualTo("in_progress");
            }
            server.delete("/v1/calls/" + id);
            JsonObject ended = server.awaitCall(id, call -> call.getValue("ended_at") != null);
            long really = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            assertThat(ended.getString("status")).isEqualTo("completed");
            assertThat(ended.getLong("duration_ms")).isBetween(really - 5000, really + 5000);
            server.awaitEvent(id, "recording.completed");
            assertThat(recordedMs(server, id)).isBetween(really - 5000, really + 5000);
        }
    }

    private static long hoursAhead(JsonObject call) {
        Duration ahead = Duration.between(Instant.now(), Instant.parse(call.getString("created_at")));
        return Math.round(ahead.toSeconds() / 3600.0);
    }

    private static long recordedMs(RunningServer server, String call) throws Exception {
        return server.events(call).stream()
                .filter(event -> event.getString("type").equals("recording.completed"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data")
                .getLong("duration_ms");
    }

    private static JsonObject completes(RunningServer server) throws Exception {
        String id = server.call(new JsonObject().put("to", "+15550100013"));
        JsonObject ended = server.awaitCall(id, call -> call.getValue("ended_at") != null);
        assertThat(ended.getString("status")).isEqualTo("completed");
        return ended;
    }
}
