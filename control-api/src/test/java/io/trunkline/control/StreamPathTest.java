package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.testing.ToneSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Programs in every vendor's words talk with a sandbox phone that echoes: out and back through SIP, RTP and the stream. */
class StreamPathTest {
    private static final String ECHO = "+15550100006";
    private static final double AUDIBLE_DB = -30;
    private static final double SILENT_DB = -50;
    static final List<String> PROTOCOLS = StreamApps.PROTOCOLS;

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

    static short[] tone(double hertz, int millis, int rate) {
        return new ToneSource((int) hertz, -15, millis, rate, false).samples();
    }

    @Test
    void aProgramHoldsATwoWayConversation() throws Exception {
        converse("twilio");
    }

    @Tag("full")
    @ParameterizedTest
    @FieldSource("PROTOCOLS")
    void aProgramOfEveryVendorHoldsATwoWayConversation(String protocol) throws Exception {
        converse(protocol);
    }

    private static void converse(String protocol) throws Exception {
        try (StreamApp app = StreamApps.of(protocol)) {
            converse(server, app, protocol);
        }
    }

    /** Both ways by frequency, marks in order, clear within two frames, each end told. */
    static void converse(RunningServer server, StreamApp app, String protocol) throws Exception {
        String id = server.call(new JsonObject()
                .put("to", ECHO)
                .put(
                        "stream",
                        new JsonObject()
                                .put("url", app.url())
                                .put("protocol", protocol)
                                .put("headers", new JsonObject().put("X-Team", "blue"))
                                .put("parameters", new JsonObject().put("who", "anna"))));
        app.awaitMessage("sound arrives", it -> it.heard().length > it.rate / 2);
        assertThat(app.texts.getFirst()).as("metadata comes before sound").isNotEqualTo("first audio");
        assertThat(app.handshakes.getFirst().getString("X-Team")).isEqualTo("blue");
        assertThat(app.handshakes.getFirst().getString("Trunkline-Signature")).matches("t=\\d+,v1=[0-9a-f]{64}.*");

        app.say(tone(700, 1500, app.rate));
        app.mark("one");
        app.say(tone(1100, 1500, app.rate));
        app.mark("two");
        app.awaitMessage("the first tone comes back", it -> it.loudest(700) > AUDIBLE_DB);
        app.awaitMessage("the second tone comes back", it -> it.loudest(1100) > AUDIBLE_DB);
        app.awaitMessage("both marks", it -> it.marks().size() == 2);
        assertThat(app.marks()).containsExactly("one", "two");

        app.say(tone(1700, 30_000, app.rate));
        app.awaitMessage("the long tone comes back", it -> it.levelNow(1700) > AUDIBLE_DB);
        app.clear();
        app.awaitMessage("silence after clear", it -> it.levelNow(1700) < SILENT_DB);

        assertThat(medianFramesUntilCleared(app))
                .as("frames from clear to its answer")
                .isLessThanOrEqualTo(2);

        app.drop();
        server.awaitEvent(id, "call.ended");
        List<JsonObject> events = server.events(id);
        assertThat(events.stream().map(event -> event.getString("type")))
                .containsSubsequence("call.answered", "stream.started", "stream.stopped", "call.ended");
        JsonObject stopped = find(events, "stream.stopped");
        assertThat(stopped.getString("reason")).isEqualTo("app_closed");
        int offered = 2 * 1500 + 30_000 + 5 * StreamApp.CLEARED_MS;
        assertThat(stopped.getInteger("played_ms") + stopped.getInteger("cleared_ms"))
                .as("all that was said was played or cleared")
                .isCloseTo(offered, within(100));
        assertThat(stopped.getInteger("played_ms")).isGreaterThan(3000);
        assertThat(stopped.getInteger("cleared_ms")).isGreaterThan(18_000);
        assertThat(find(events, "stream.started").getString("url")).doesNotContain("secret");
    }

    private static int medianFramesUntilCleared(StreamApp app) throws Exception {
        int[] frames = new int[5];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = app.framesUntilCleared();
        }
        Arrays.sort(frames);
        return frames[frames.length / 2];
    }

    static JsonObject find(List<JsonObject> events, String type) {
        return events.stream()
                .filter(event -> event.getString("type").equals(type))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data");
    }
}
