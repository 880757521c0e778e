package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.SampleFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that others published for these protocols, run for real under Node, hold the conversation. */
@Tag("full")
class StreamSdkTest {
    private static final String HUMAN = "+15550100001";
    private static final String LIBRARIES = "stream-sdks";

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        NpmLibrary.fetched(LIBRARIES);
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void anApplicationOfTheJambonzSdkHoldsATwoWayConversation() throws Exception {
        try (JambonzSdk app = new JambonzSdk()) {
            StreamPathTest.converse(server, app, "jambonz");
            assertThat(app.handshakes.getFirst().getString("sec-websocket-protocol"))
                    .contains("audio.drachtio.org");
            assertThat(app.messages().stream().filter(told -> told.containsKey("error")))
                    .isEmpty();
        }
    }

    @Test
    void anApplicationOfTheJambonzSdkIsToldWhenItsPiecesWerePlayed() throws Exception {
        try (JambonzSdk app = new JambonzSdk()) {
            String id = server.call(new JsonObject()
                    .put("to", HUMAN)
                    .put("stream", new JsonObject().put("url", app.url()).put("protocol", "jambonz")));
            app.awaitMessage("the call's facts", it -> !it.messages().isEmpty());
            app.play("p1", 16_000);
            app.play("p2", 8000);
            app.awaitMessage("both pieces", it -> played(it).size() == 2);
            assertThat(played(app)).containsExactly("p1", "p2");
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "call.ended");
        }
    }

    private static List<String> played(StreamApp app) {
        return app.messages().stream()
                .filter(told -> told.containsKey("playDone"))
                .map(told -> told.getJsonObject("playDone").getString("id"))
                .toList();
    }

    /** Sound goes callee → switch → Twilio's protocol → the library → a Realtime server, and back. */
    @Test
    void theAgentsSdkBridgesTwilioStreamsBothWaysAndTruncatesByOurMarks() throws Exception {
        List<JsonObject> told = new CopyOnWriteArrayList<>();
        try (RealtimeServer realtime = new RealtimeServer(false, true);
                NodeProgram bridge =
                        new NodeProgram(NpmLibrary.fetched(LIBRARIES), told::add, "twilio.mjs", realtime.url())) {
            realtime.answer = new RealtimeServer.Answer(900, 20_000, "A long story.");
            JsonObject stream = new JsonObject().put("url", "ws://127.0.0.1:" + bridge.port() + "/media");
            String id = server.call(
                    new JsonObject().put("to", HUMAN).put("record", true).put("stream", stream));
            RunningServer.await(
                    "ten marks of what was played", () -> named(told, "mark").size() >= 10);
            realtime.startSpeech();
            RunningServer.await(
                    "a truncation",
                    () -> !realtime.got("conversation.item.truncate").isEmpty());
            RunningServer.await("all marks", () -> named(told, "mark").size() >= 100);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");

            double heardMs = Recorded.millisOf(Recorded.outbound(server, id), 900);
            List<Integer> played = named(told, "mark").stream()
                    .map(mark -> mark.getJsonObject("mark").getInteger("playedMs"))
                    .toList();
            assertThat(played).isSorted();
            assertThat((double) played.getLast()).as("played up to the clear").isCloseTo(heardMs, within(40.0));
            // The library knows the last whole piece of 200 ms, and adds 50 ms by itself.
            assertThat((double) realtime.got("conversation.item.truncate")
                            .getFirst()
                            .getInteger("audio_end_ms"))
                    .isBetween(heardMs - 250, heardMs + 60);
            assertThat(named(told, "error")).isEmpty();
            assertThat(named(told, "start")).hasSize(1);
        }
    }

    private static List<JsonObject> named(List<JsonObject> told, String name) {
        return told.stream()
                .filter(line -> line.containsKey(name))
                .map(line -> line.getValue(name) instanceof JsonObject object ? object : line)
                .toList();
    }

    /** The conversation's program, by the library of jambonz. */
    private static final class JambonzSdk extends StreamApp {
        private final NodeProgram node;

        JambonzSdk() throws Exception {
            super(8000, SampleFormat.L16_LITTLE_ENDIAN);
            node = new NodeProgram(NpmLibrary.fetched(LIBRARIES), this::onTold, "jambonz.mjs");
        }

        private void onTold(JsonObject told) {
            if (told.containsKey("audio")) {
                onBinary(Buffer.buffer(Base64.getDecoder().decode(told.getString("audio"))));
            } else if (told.containsKey("handshake")) {
                onHandshake(withTitleCase(told.getJsonObject("handshake")));
            } else {
                onText(told.encode());
            }
        }

        /** Node writes every header's name small. */
        private static JsonObject withTitleCase(JsonObject headers) {
            return headers.put("X-Team", headers.getString("x-team"))
                    .put("Trunkline-Signature", headers.getString("trunkline-signature"));
        }

        @Override
        String url() {
            return "ws://127.0.0.1:" + node.port() + "/audio?token=secret";
        }

        @Override
        void say(short[] samples) {
            node.order(new JsonObject().put("say", base64(samples)));
        }

        private String base64(short[] samples) {
            return Base64.getEncoder().encodeToString(heardFormat.encode(samples, 0, samples.length));
        }

        void play(String id, int sampleRate) {
            node.order(new JsonObject()
                    .put("play", base64(StreamPathTest.tone(600, 700, sampleRate)))
                    .put("id", id)
                    .put("sampleRate", sampleRate));
        }

        @Override
        void mark(String name) {
            node.order(new JsonObject().put("mark", name));
        }

        @Override
        void clear() {
            node.order(new JsonObject().put("clear", true));
        }

        @Override
        void drop() {
            node.order(new JsonObject().put("close", true));
        }

        @Override
        String payload(JsonObject message) {
            return null;
        }

        @Override
        String reached(JsonObject message) {
            JsonObject mark = message.getJsonObject("mark");
            return mark != null && "playout".equals(mark.getString("event")) ? mark.getString("name") : null;
        }

        @Override
        public void close() {
            node.close();
            super.close();
        }
    }
}
