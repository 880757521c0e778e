package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.SampleFormat;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams do besides the plain conversation: bursts, limits, failures, programs that come to us. */
class StreamHabitsTest {
    private static final String HUMAN = "+15550100001";
    private static final String ECHO = "+15550100006";

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static JsonObject stream(StreamApp app) {
        return new JsonObject().put("url", app.url()).put("protocol", "raw").put("sample_rate", 16_000);
    }

    private static String recordedCall(StreamApp app) throws Exception {
        String id = server.call(
                new JsonObject().put("to", HUMAN).put("record", true).put("stream", stream(app)));
        app.awaitMessage("the stream", it -> !it.messages().isEmpty());
        return id;
    }

    private static List<JsonObject> told(StreamApp app, String type) {
        return app.messages().stream()
                .filter(message -> type.equals(message.getString("type")))
                .toList();
    }

    @Test
    void clearSaysWhatHadBeenHeardAndTheCalleeHeardNoMore() throws Exception {
        try (StreamApp app = StreamApps.of("raw")) {
            String id = recordedCall(app);
            app.say(StreamPathTest.tone(900, 20_000, app.rate));
            app.mark("never");
            app.awaitMessage("two seconds", it -> it.heard().length > 4 * it.rate);
            app.clear();
            app.awaitMessage("the answer to clear", it -> !told(it, "cleared").isEmpty());
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");

            JsonObject cleared = told(app, "cleared").getFirst();
            assertThat(cleared.getInteger("played_ms") + cleared.getInteger("dropped_ms"))
                    .isEqualTo(20_000);
            assertThat((double) cleared.getInteger("played_ms"))
                    .isCloseTo(Recorded.millisOf(Recorded.outbound(server, id), 900), within(40.0));
            assertThat(told(app, "mark").getFirst().getBoolean("played")).isFalse();
        }
    }

    @Tag("full")
    @Test
    void aMinuteInTwentyBurstsIsHeardWithoutAGap() throws Exception {
        try (StreamApp app = StreamApps.of("raw")) {
            String id = recordedCall(app);
            for (int i = 0; i < 20; i++) {
                app.say(StreamPathTest.tone(900, 3000, app.rate));
                app.mark("burst " + i);
            }
            app.awaitMessage("xoff", it -> !told(it, "xoff").isEmpty());
            RunningServer.await("half of it", () -> app.marks().size() >= 10);
            RunningServer.await("all of it", () -> app.marks().size() == 20);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");

            short[] said = Recorded.outbound(server, id);
            assertThat(Recorded.millisOf(said, 900)).isCloseTo(60_000, within(100.0));
            assertThat(told(app, "mark").getLast().getInteger("played_ms")).isEqualTo(60_000);
            // A machine under load may miss ticks, which are silence in the recording; sound is never what is missing.
            assertThat(Recorded.longestGapMs(said, 900)).isLessThanOrEqualTo(300);
            assertThat(told(app, "xon")).hasSize(1);
        }
    }

    @Test
    void fiveMayListenAndOneMaySpeak() throws Exception {
        try (StreamApp app = StreamApps.of("raw")) {
            String id = server.call(new JsonObject().put("to", HUMAN));
            server.awaitEvent(id, "call.answered");
            JsonObject listener = stream(app).put("bidirectional", false).put("track", "both");
            for (int i = 0; i < 6; i++) {
                assertThat(server.post("/v1/calls/" + id + "/stream", listener.encode())
                                .statusCode())
                        .isEqualTo(202);
            }
            server.post("/v1/calls/" + id + "/stream", stream(app).encode());
            server.post("/v1/calls/" + id + "/stream", stream(app).encode());
            RunningServer.await("eight answers", () -> count(id, "stream.started") + count(id, "stream.failed") == 8);
            assertThat(count(id, "stream.started")).isEqualTo(6);
            server.post("/v1/calls/" + id + "/stream/stop", "{}");
            RunningServer.await("all ended", () -> count(id, "stream.stopped") == 6);
            assertThat(server.show(id).getString("status")).isEqualTo("in_progress");
            server.delete("/v1/calls/" + id);
        }
    }

    @Test
    void aConnectionThatBreaksIsMadeAgain() throws Exception {
        try (StreamApp app = StreamApps.of("raw")) {
            String id = recordedCall(app);
            app.fail();
            app.awaitMessage("a second start", it -> told(it, "start").size() == 2);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "call.ended");
            JsonObject stopped = StreamPathTest.find(server.events(id), "stream.stopped");
            assertThat(stopped.getInteger("reconnects")).isEqualTo(1);
            assertThat(stopped.getString("reason")).isEqualTo("call_ended");
        }
    }

    @Test
    void aProgramThatIsNotThereEndsTheCallWithItsReason() throws Exception {
        String id = server.call(new JsonObject()
                .put("to", HUMAN)
                .put("stream", new JsonObject().put("url", "ws://127.0.0.1:9/nobody")));
        server.awaitEvent(id, "call.ended");
        assertThat(StreamPathTest.find(server.events(id), "stream.failed").getString("reason"))
                .isEqualTo("unreachable");
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 24_000, 48_000})
    void aToneStaysThatToneAtEveryRate(int rate) throws Exception {
        try (StreamApp app = StreamApps.raw(rate)) {
            String id = server.call(
                    new JsonObject().put("to", ECHO).put("stream", stream(app).put("sample_rate", rate)));
            app.awaitMessage("the stream", it -> !it.messages().isEmpty());
            app.say(StreamPathTest.tone(1100, 4000, rate));
            app.awaitMessage("it comes back", it -> it.levelNow(1100) > -30);
            assertThat(app.levelNow(1500)).isLessThan(-50);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "call.ended");
        }
    }

    @Test
    void aListenerHearsBothSidesEachOnItsOwnChannel() throws Exception {
        try (StreamApp speaker = StreamApps.raw(16_000);
                StreamApp listener = StreamApps.raw(8000)) {
            String id = server.call(new JsonObject().put("to", HUMAN).put("stream", stream(speaker)));
            speaker.awaitMessage("the stream", it -> !it.messages().isEmpty());
            JsonObject both = new JsonObject()
                    .put("url", listener.url())
                    .put("protocol", "raw")
                    .put("sample_rate", 8000)
                    .put("bidirectional", false)
                    .put("track", "both");
            server.post("/v1/calls/" + id + "/stream", both.encode());
            listener.awaitMessage("the listener", it -> !it.messages().isEmpty());
            speaker.say(StreamPathTest.tone(900, 3000, 16_000));
            listener.awaitMessage("our side", it -> channelDb(it, 1, 900) > -30);
            assertThat(channelDb(listener, 0, 900)).as("the callee's side").isLessThan(-45);
            listener.say(StreamPathTest.tone(2000, 1000, 8000));
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "call.ended");
            List<JsonObject> stopped = server.events(id).stream()
                    .filter(event -> event.getString("type").equals("stream.stopped"))
                    .map(event -> event.getJsonObject("data"))
                    .toList();
            assertThat(stopped).anySatisfy(figures -> {
                assertThat(figures.getInteger("misunderstood"))
                        .as("a listener has no say")
                        .isEqualTo(1);
                assertThat(figures.getInteger("played_ms")).isZero();
            });
        }
    }

    /** Of the last half second of one channel of stereo. */
    private static double channelDb(StreamApp app, int channel, double hertz) {
        short[] pairs = app.heard();
        int frames = Math.min(pairs.length / 2, app.rate / 2);
        short[] side = new short[frames];
        for (int i = 0; i < frames; i++) {
            side[i] = pairs[2 * (pairs.length / 2 - frames + i) + channel];
        }
        return frames == 0 ? -120 : Goertzel.levelDb(side, hertz, app.rate);
    }

    @Tag("full")
    @Test
    void anIdleSocketIsKeptAliveByPings() throws Exception {
        String id =
                server.call(new JsonObject().put("to", HUMAN).put("stream", new JsonObject().put("protocol", "cawme")));
        server.awaitEvent(id, "call.answered");
        Visitor visitor = new Visitor();
        WebSocket socket = visitor.visit(id, RunningServer.KEY, "cawme");
        RunningServer.await("a ping", () -> visitor.pings.get() > 0);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        server.awaitEvent(id, "call.ended");
    }

    @Test
    void aProgramMayComeToItsCall() throws Exception {
        String id =
                server.call(new JsonObject().put("to", ECHO).put("stream", new JsonObject().put("protocol", "raw")));
        server.awaitEvent(id, "call.answered");
        Visitor visitor = new Visitor();
        WebSocket socket = visitor.visit(id, RunningServer.KEY);
        RunningServer.await("sound", () -> visitor.bytes.get() > 32_000);
        assertThat(new JsonObject(visitor.texts.getFirst()).getString("call_id"))
                .isEqualTo(id);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        server.awaitEvent(id, "call.ended");
    }

    /** Cut where nothing ends: pieces of a file are no frames. */
    @Test
    void mp3InPiecesIsHeardWhole() throws Exception {
        byte[] mp3 = mp3(StreamPathTest.tone(900, 4000, 16_000));
        String id = server.call(new JsonObject()
                .put("to", HUMAN)
                .put("record", true)
                .put("stream", new JsonObject().put("protocol", "cawme")));
        server.awaitEvent(id, "call.answered");
        Visitor visitor = new Visitor();
        WebSocket socket = visitor.visit(id, RunningServer.KEY, "cawme");
        for (int at = 0; at < mp3.length; at += 1000) {
            socket.sendBinary(ByteBuffer.wrap(mp3, at, Math.min(1000, mp3.length - at)), true)
                    .join();
        }
        RunningServer.await("four seconds, and a little", () -> millisSince(id, "stream.started") > 5000);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        server.awaitEvent(id, "recording.completed");
        assertThat(Recorded.millisOf(Recorded.outbound(server, id), 900)).isCloseTo(4000, within(150.0));
    }

    private static long millisSince(String id, String type) {
        try {
            return server.events(id).stream()
                    .filter(event -> event.getString("type").equals(type))
                    .map(event -> Instant.parse(event.getString("occurred_at")))
                    .mapToLong(then -> Duration.between(then, Instant.now()).toMillis())
                    .findFirst()
                    .orElse(0);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] mp3(short[] samples) throws Exception {
        Path raw = Files.write(
                folder.resolve("tone.raw"), SampleFormat.L16_LITTLE_ENDIAN.encode(samples, 0, samples.length));
        Path coded = folder.resolve("tone.mp3");
        try {
            Process lame = new ProcessBuilder(
                            "lame",
                            "--quiet",
                            "-r",
                            "-s",
                            "16",
                            "-m",
                            "m",
                            "--signed",
                            raw.toString(),
                            coded.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(lame.waitFor()).isZero();
        } catch (IOException none) {
            assumeTrue(false, "needs lame");
        }
        return Files.readAllBytes(coded);
    }

    @Test
    void aProgramMayJoinACallThatExpectsNobody() throws Exception {
        String id = server.call(new JsonObject().put("to", ECHO));
        server.awaitEvent(id, "call.answered");
        Visitor visitor = new Visitor();
        WebSocket socket = visitor.visit(id, RunningServer.KEY);
        RunningServer.await("sound", () -> visitor.bytes.get() > 32_000);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        server.awaitEvent(id, "stream.stopped");
        assertThat(server.show(id).getString("status")).isEqualTo("in_progress");
        server.delete("/v1/calls/" + id);
    }

    @Test
    void aStrangerIsNotLetIn() throws Exception {
        String id = server.call(new JsonObject().put("to", ECHO));
        server.awaitEvent(id, "call.answered");
        assertThat(catchThrowable(() -> new Visitor().visit(id, "tk_wrong"))).isInstanceOf(CompletionException.class);
        server.delete("/v1/calls/" + id);
    }

    private static long count(String id, String type) {
        try {
            return server.events(id).stream()
                    .filter(event -> event.getString("type").equals(type))
                    .count();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A program with the JDK's own client. */
    private static final class Visitor implements WebSocket.Listener {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final AtomicInteger bytes = new AtomicInteger();
        private final AtomicInteger pings = new AtomicInteger();

        WebSocket visit(String callId, String key) {
            return visit(callId, key, "raw");
        }

        WebSocket visit(String callId, String key, String protocol) {
            return HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + key)
                    .buildAsync(
                            URI.create(server.webSocket("/v1/calls/" + callId + "/stream?protocol=" + protocol)), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            texts.add(text.toString());
            socket.request(1);
            return null;
        }

        /** The client answers it by itself. */
        @Override
        public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            pings.incrementAndGet();
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes.addAndGet(data.remaining());
            socket.request(1);
            return null;
        }
    }
}
