package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.SampleFormat;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two-way streams at once, with phones, switch and programs on one machine: each program answers every frame it hears
 * with one of a tone, which its phone sends back. Goes up by fifty to {@code -Dstreams=N}, and on from there while
 * nothing is late, and reports what each step cost and the highest that was clean.
 */
@Tag("full")
class StreamLoadTest {
    private static final int STREAMS = Integer.getInteger("streams", 200);
    private static final int STEP = Math.min(50, STREAMS);
    private static final int SETTLE_SECONDS = 5;
    private static final int SECONDS = Integer.getInteger("seconds", 15);
    private static final int FRAME = 160;
    private static final double HERTZ = 1000;

    @TempDir
    Path folder;

    /** One program; touched by its socket's event loop, counted by the test. */
    private static final class Bot {
        private final ServerWebSocket socket;
        private final String tone;
        private final AtomicLong frames = new AtomicLong();
        private volatile String lastPayload = "";
        private volatile long longestGapNanos;
        private long lastNanos;

        Bot(ServerWebSocket socket, String tone) {
            this.socket = socket;
            this.tone = tone;
        }

        void onText(String text) {
            int at = text.indexOf("\"payload\":\"");
            if (at < 0) {
                return;
            }
            long now = System.nanoTime();
            longestGapNanos = Math.max(longestGapNanos, lastNanos == 0 ? 0 : now - lastNanos);
            lastNanos = now;
            frames.incrementAndGet();
            lastPayload = text.substring(at + 11, text.indexOf('"', at + 11));
            socket.writeTextMessage(tone);
        }

        double levelDb() {
            short[] samples = SampleFormat.MULAW.decode(Base64.getDecoder().decode(lastPayload));
            return Goertzel.levelDb(samples, HERTZ, 8000);
        }
    }

    /** One step of the ladder. */
    private record Step(
            int streams, long frames, long expected, long gapMs, long audible, long skippedTicks, double cores) {
        boolean isClean() {
            return frames >= expected * 0.99 && audible == streams && gapMs <= 100 && skippedTicks == 0;
        }
    }

    private final List<Bot> bots = new CopyOnWriteArrayList<>();

    @Test
    void manyTwoWayStreamsAtOnceLoseNothing() throws Exception {
        Vertx vertx = Vertx.vertx();
        String tone = toneMessage();
        int port = vertx.createHttpServer(new HttpServerOptions())
                .webSocketHandler(socket -> {
                    Bot bot = new Bot(socket, tone);
                    socket.textMessageHandler(bot::onText);
                    bots.add(bot);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        try (RunningServer server = new RunningServer(folder)) {
            List<Step> steps = climb(server, "ws://127.0.0.1:" + port + "/");
            int highest = steps.stream()
                    .filter(Step::isClean)
                    .mapToInt(Step::streams)
                    .max()
                    .orElse(0);
            Measured.atLeast("highest clean figure, two-way streams", highest, STREAMS);
            Step asked = steps.stream()
                    .filter(step -> step.streams() == STREAMS)
                    .findFirst()
                    .orElseThrow();
            assertThat(asked.frames()).isGreaterThan(Math.round(asked.expected() * 0.98));
            assertThat(asked.audible()).isEqualTo(STREAMS);
        } finally {
            vertx.close();
        }
    }

    private List<Step> climb(RunningServer server, String url) throws Exception {
        List<String> calls = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (int wanted = STEP;
                wanted <= STREAMS || (steps.getLast().isClean() && wanted <= 3 * STREAMS);
                wanted += STEP) {
            int target = wanted < STREAMS && wanted + STEP > STREAMS ? STREAMS : wanted;
            place(server, url, target - calls.size(), calls);
            RunningServer.await("every program", () -> bots.size() == target);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS); // what starting costs is not what running costs
            steps.add(measure(server, target));
            wanted = target;
        }
        long left = 0;
        for (String call : calls) {
            server.delete("/v1/calls/" + call);
        }
        for (String call : calls) {
            server.awaitEvent(call, "call.ended");
            left += StreamPathTest.find(server.events(call), "stream.stopped").getInteger("dropped_ms");
        }
        System.out.printf("left out because a program read too slowly: %d ms in all%n", left);
        return steps;
    }

    private static String toneMessage() {
        byte[] bytes = SampleFormat.MULAW.encode(StreamPathTest.tone(HERTZ, 20, 8000), 0, FRAME);
        return new JsonObject()
                .put("event", "media")
                .put(
                        "media",
                        new JsonObject().put("payload", Base64.getEncoder().encodeToString(bytes)))
                .encode();
    }

    private static void place(RunningServer server, String url, int more, List<String> calls) throws Exception {
        for (int i = 0; i < more; i++) {
            calls.add(server.call(
                    new JsonObject().put("to", "+15550100006").put("stream", new JsonObject().put("url", url))));
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Step measure(RunningServer server, int streams) throws Exception {
        long cpu = server.cpuNanos();
        long ticks = metric(server, "trunkline_media_skipped_ticks_total");
        long before = bots.stream().mapToLong(bot -> bot.frames.get()).sum();
        bots.forEach(bot -> bot.longestGapNanos = 0);
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(SECONDS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long frames = bots.stream().mapToLong(bot -> bot.frames.get()).sum() - before;
        long[] gaps = bots.stream()
                .mapToLong(bot -> bot.longestGapNanos / 1_000_000)
                .sorted()
                .toArray();
        Step step = new Step(
                streams,
                frames,
                Math.round(seconds * 50 * streams),
                gaps[gaps.length * 99 / 100],
                bots.stream().filter(bot -> bot.levelDb() > -30).count(),
                metric(server, "trunkline_media_skipped_ticks_total") - ticks,
                (server.cpuNanos() - cpu) / 1e9 / seconds);
        System.out.printf(
                "%d two-way streams: %d frames of %d, longest gap p50 %d ms p99 %d ms, tone back on %d, %d ticks skipped,"
                        + " sent late by %d us at p99 since the start, %.2f cores for phones, switch and streams, %.2f ms CPU a"
                        + " second and stream, %d MB resident%s%n",
                streams,
                step.frames(),
                step.expected(),
                gaps[gaps.length / 2],
                step.gapMs(),
                step.audible(),
                step.skippedTicks(),
                metric(server, "trunkline_media_lateness_p99_micros"),
                step.cores(),
                step.cores() * 1000 / streams,
                server.residentMegabytes(),
                step.isClean() ? ", clean" : "");
        return step;
    }

    private static long metric(RunningServer server, String name) throws Exception {
        return server.get("/metrics", RunningServer.ADMIN_KEY)
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToLong(value -> (long) Double.parseDouble(value))
                .findFirst()
                .orElseThrow();
    }
}
