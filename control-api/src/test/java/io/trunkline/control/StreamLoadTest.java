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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two-way streams at once, with phones, switch and programs on one machine: each program answers every frame it hears
 * with one of a tone, which its phone sends back. Reports what it cost; {@code -Dstreams=N} tries another number.
 */
@Tag("full")
class StreamLoadTest {
    private static final int STREAMS = Integer.getInteger("streams", 200);
    private static final int SECONDS = 15;
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

    @Test
    void manyTwoWayStreamsAtOnceLoseNothing() throws Exception {
        Vertx vertx = Vertx.vertx();
        List<Bot> bots = new CopyOnWriteArrayList<>();
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
            long began = System.nanoTime();
            List<String> calls = place(server, "ws://127.0.0.1:" + port + "/");
            RunningServer.await("every program", () -> bots.size() == STREAMS);
            System.out.printf(
                    "%d programs connected %d ms after the first call%n",
                    STREAMS, (System.nanoTime() - began) / 1_000_000);
            TimeUnit.SECONDS.sleep(3); // what starting costs is not what running costs
            report(server, bots);
            for (String call : calls) {
                server.delete("/v1/calls/" + call);
            }
            long left = 0;
            for (String call : calls) {
                server.awaitEvent(call, "call.ended");
                left += StreamPathTest.find(server.events(call), "stream.stopped")
                        .getInteger("dropped_ms");
            }
            System.out.printf("left out because a program read too slowly: %d ms in all%n", left);
        } finally {
            vertx.close();
        }
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

    private static List<String> place(RunningServer server, String url) throws Exception {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            calls.add(server.call(
                    new JsonObject().put("to", "+15550100006").put("stream", new JsonObject().put("url", url))));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return calls;
    }

    private static void report(RunningServer server, List<Bot> bots) throws Exception {
        long cpu = server.cpuNanos();
        long[] before = counts(bots, bot -> bot.frames.get());
        bots.forEach(bot -> bot.longestGapNanos = 0);
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(SECONDS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long[] after = counts(bots, bot -> bot.frames.get());
        double cores = (server.cpuNanos() - cpu) / 1e9 / seconds;
        long audible = bots.stream().filter(bot -> bot.levelDb() > -30).count();
        long fewest = Long.MAX_VALUE;
        long all = 0;
        for (int i = 0; i < before.length; i++) {
            fewest = Math.min(fewest, after[i] - before[i]);
            all += after[i] - before[i];
        }
        long[] gaps = counts(bots, bot -> bot.longestGapNanos / 1_000_000);
        Arrays.sort(gaps);
        System.out.printf(
                "%d two-way streams for %.0f s: %d frames of %d expected, fewest on one %d, longest gap p50 %d ms p99 %d ms,"
                        + " tone back on %d, %.2f cores for phones, switch and streams, %.2f ms CPU a second and stream,"
                        + " %d MB resident%n",
                STREAMS,
                seconds,
                all,
                Math.round(seconds * 50 * STREAMS),
                fewest,
                gaps[gaps.length / 2],
                gaps[gaps.length * 99 / 100],
                audible,
                cores,
                cores * 1000 / STREAMS,
                server.residentMegabytes());
        assertThat(all).isGreaterThan(Math.round(seconds * 50 * STREAMS * 0.98));
        assertThat(audible).isEqualTo(STREAMS);
    }

    private static long[] counts(List<Bot> bots, ToLongFunction<Bot> figure) {
        return bots.stream().mapToLong(figure).toArray();
    }
}
