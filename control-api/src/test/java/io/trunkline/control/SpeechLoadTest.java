package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Distinct texts spoken beside running calls: no packet of theirs may be late. {@code -Dspeech.calls},
 * {@code -Dspeech.texts} a second and {@code -Dspeech.seconds} try other figures.
 */
@Tag("full")
class SpeechLoadTest {
    private static final int CALLS = Integer.getInteger("speech.calls", 200);
    private static final int TEXTS = Integer.getInteger("speech.texts", 25);
    private static final int SECONDS = Integer.getInteger("speech.seconds", 20);
    private static final int SPEAKING_CALLS = 10;
    private static final String LISTENS = "+15550100001";

    @TempDir
    Path folder;

    private final LongAdder taken = new LongAdder();

    @Test
    void distinctTextsDelayNoPacket() throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            List<String> calls = new ArrayList<>();
            JsonObject tone = new JsonObject().put("tone", "ringback").put("loop", 0);
            for (int i = 0; i < CALLS; i++) {
                JsonObject call = new JsonObject().put("to", LISTENS).put("keep", true);
                calls.add(server.call(i < SPEAKING_CALLS ? call : call.put("play", tone)));
                TimeUnit.MILLISECONDS.sleep(20);
            }
            for (String call : calls) {
                JsonObject up = server.awaitCall(
                        call, shown -> !shown.getString("status").matches("queued|dialing|ringing"));
                assertThat(up.getString("status")).as(up.encode()).isEqualTo("in_progress");
            }
            double skipped = metric(server, "trunkline_media_skipped_ticks_total");
            long begun = System.nanoTime();
            speak(server, calls);
            RunningServer.await("every text is spoken", () -> finished(server, calls) >= (long) TEXTS * SECONDS);
            System.out.printf(
                    "%d distinct texts for %d calls beside %d, spoken after %.1f s%n",
                    TEXTS * SECONDS, SPEAKING_CALLS, CALLS, (System.nanoTime() - begun) / 1e9);
            double late = metric(server, "trunkline_media_skipped_ticks_total") - skipped;
            System.out.printf(
                    "turns without a packet: %.0f; lateness p99 %.0f us, p99.9 %.0f us%n",
                    late,
                    metric(server, "trunkline_media_lateness_p99_micros"),
                    metric(server, "trunkline_media_lateness_p999_micros"));
            assertThat(taken.sum()).isEqualTo((long) TEXTS * SECONDS);
            Measured.atMost("turns without a packet", late, 0);
        }
    }

    /** Short texts, each one new; every call has its turn. */
    private void speak(RunningServer server, List<String> calls) {
        long begun = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < TEXTS * SECONDS; i++) {
                LockSupport.parkNanos(begun + i * (1_000_000_000L / TEXTS) - System.nanoTime());
                String path = "/v1/calls/" + calls.get(i % Math.min(SPEAKING_CALLS, calls.size())) + "/say";
                String body = new JsonObject()
                        .put("text", "Number " + i)
                        .put("rate", 2)
                        .encode();
                Future<?> _ = clients.submit(() -> {
                    taken.add(server.post(path, body).statusCode() == 202 ? 1 : 0);
                    return null;
                });
            }
        }
    }

    private static long finished(RunningServer server, List<String> calls) {
        try {
            long spoken = 0;
            for (String call : calls.subList(0, Math.min(SPEAKING_CALLS, calls.size()))) {
                String page =
                        server.get("/v1/calls/" + call + "/events?limit=1000").body();
                spoken += page.split("\"playback.finished\"", -1).length - 1;
            }
            return spoken;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static double metric(RunningServer server, String name) throws Exception {
        return server.get("/metrics", RunningServer.ADMIN_KEY)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
