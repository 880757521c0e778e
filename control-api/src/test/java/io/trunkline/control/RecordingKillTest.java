package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server dies while calls record, at random moments, again and again: every recording is there, up to its last second. */
class RecordingKillTest {
    private static final Duration MAY_BE_LOST = Duration.ofSeconds(1);
    private static final List<String> ENDS = List.of("recording.completed", "recording.recovered", "recording.absent");

    @TempDir
    Path folder;

    @Test
    void twoKillsWhileTenCallsRecord() throws Exception {
        kill(2, 10);
    }

    @Test
    @Tag("full")
    void twentyKillsWhileFiftyCallsRecord() throws Exception {
        kill(20, 50);
    }

    private void kill(int times, int calls) throws Exception {
        Random random = new Random(times);
        try (RunningServer server = new RunningServer(folder)) {
            for (int round = 0; round < times; round++) {
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < calls; i++) {
                    ids.add(server.call(
                            new JsonObject().put("to", "+15550100001").put("record", true)));
                }
                server.awaitEvent(ids.getLast(), "recording.started");
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2500));
                server.kill();
                Instant killed = Instant.now();
                server.start();
                for (String id : ids) {
                    assertWhole(server, id, killed);
                }
            }
        }
    }

    private static void assertWhole(RunningServer server, String call, Instant killed) throws Exception {
        List<JsonObject> events = server.events(call);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).getInteger("seq")).isEqualTo(i + 1);
        }
        assertThat(events).filteredOn(event -> type(event).equals("call.ended")).hasSize(1);
        List<JsonObject> ends =
                events.stream().filter(event -> ENDS.contains(type(event))).toList();
        assertThat(ends).as("ends of the recording of %s", call).hasSize(1);
        JsonObject end = ends.getFirst().getJsonObject("data");
        events.stream()
                .filter(event -> type(event).equals("recording.started"))
                .forEach(started -> assertThat(end.getInteger("duration_ms")).isGreaterThanOrEqualTo((int)
                        Duration.between(Instant.parse(started.getString("occurred_at")), killed)
                                .minus(MAY_BE_LOST)
                                .toMillis()));
        if (!type(ends.getFirst()).equals("recording.absent")) {
            assertPlayable(server, end);
        }
    }

    private static String type(JsonObject event) {
        return event.getString("type");
    }

    private static void assertPlayable(RunningServer server, JsonObject end) throws Exception {
        byte[] wav = server.bytes("/v1/recordings/" + end.getString("recording_id") + "/audio")
                .body();
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(wav));
        assertThat(sha256).isEqualTo(end.getString("sha256"));
        ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getInt(40)).as("bytes of sound").isEqualTo(wav.length - 44);
        int rate = header.getInt(28);
        assertThat((wav.length - 44) * 1000L / rate).isEqualTo(end.getLong("duration_ms"));
    }
}
