package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.testing.Goertzel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are a plain webhook, on sandbox calls, with real servers for the webhook and for the recognition. */
class TextAgentTest {
    private static final String HUMAN = "+15550100001";
    private static final String OURS = "+442079460000";

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject agent(TextServers servers) {
        return new JsonObject()
                .put("webhook", servers.url("/agent"))
                .put(
                        "transcription",
                        new JsonObject()
                                .put("url", servers.url("/v1/audio/transcriptions"))
                                .put("api_key", "sk-ears"))
                .put("language", "en-GB");
    }

    private static String call(String to, JsonObject agent) throws Exception {
        return server.call(new JsonObject().put("to", to).put("agent", agent).put("record", true));
    }

    @Test
    void theCalleesWordsGoToTheWebhookAndItsAnswerIsSpoken() throws Exception {
        try (TextServers servers = new TextServers()) {
            servers.answer(new JsonObject().put("text", "Good day. Goodbye.").put("hang_up", true));
            String id = call(HUMAN, agent(servers).put("greeting", "Hi."));
            server.awaitEvent(id, "recording.completed");

            assertThat(transcripts(id)).containsExactly("agent: Hi.", "user: Hello there", "agent: Good day. Goodbye.");
            JsonObject asked = servers.asked().getFirst();
            assertThat(asked.getString("event")).isEqualTo("speech");
            assertThat(asked.getString("text")).isEqualTo("Hello there");
            assertThat(asked.getString("call_id")).isEqualTo(id);
            assertThat(asked.getString("to")).isEqualTo(HUMAN);
            assertThat(asked.getJsonArray("history").getJsonObject(1))
                    .isEqualTo(new JsonObject().put("role", "user").put("text", "Hello there"));
            assertThat(servers.signatures().getFirst()).matches("t=\\d+,v1=[0-9a-f]{64}.*");
            TextServers.Heard heard = servers.heard().getFirst();
            assertThat(heard.authorization()).isEqualTo("Bearer sk-ears");
            assertThat(heard.language()).isEqualTo("en");
            assertThat(heard.millis()).as("a hello, and a moment before it").isBetween(500L, 4000L);
            assertThat(heard.levelDb()).isGreaterThan(-40);
            assertThat(server.show(id).getJsonObject("cause").getString("code")).isEqualTo("hangup_guest");
            assertThat(spokenMs(id)).as("both answers are heard").isGreaterThan(800);
            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getInteger("replies")).isEqualTo(1);
        }
    }

    /** Our own number rings back in: a real phone that presses keys. */
    @Test
    void keysGoToTheWebhookAsText() throws Exception {
        try (TextServers servers = new TextServers()) {
            servers.answer("Please type your number.");
            servers.answer(new JsonObject().put("text", "Thank you.").put("hang_up", true));
            String id = call(caller("42#"), new JsonObject().put("webhook", servers.url("/agent")));
            server.awaitEvent(id, "call.ended");

            assertThat(servers.asked().get(0).getString("event")).isEqualTo("start");
            assertThat(servers.asked().get(1).getString("event")).isEqualTo("dtmf");
            assertThat(servers.asked().get(1).getString("text")).isEqualTo("42");
            assertThat(transcripts(id))
                    .containsExactly("agent: Please type your number.", "user: 42", "agent: Thank you.");
        }
    }

    @Test
    void anInterruptionIsToldWithHowMuchWasHeard() throws Exception {
        try (TextServers servers = new TextServers()) {
            servers.answer(
                    "This is a long story about a small village, a great many people, and two sheep. ".repeat(4));
            servers.answer(new JsonObject().put("text", "Bye.").put("hang_up", true));
            String id = call(caller("7#"), new JsonObject().put("webhook", servers.url("/agent")));
            server.awaitEvent(id, "recording.completed");

            JsonObject story = servers.asked().get(1).getJsonArray("history").getJsonObject(0);
            assertThat(story.getBoolean("interrupted")).isTrue();
            assertThat(story.getInteger("heard_ms")).isBetween(500, 8000);
            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getInteger("interruptions")).isEqualTo(1);
            assertThat(ended.getInteger("played_ms"))
                    .as("the story's beginning, and the farewell")
                    .isGreaterThan(story.getInteger("heard_ms"));
        }
    }

    @Test
    void aWebhookThatFailsLeavesTheCalleeWithAWordFromUs() throws Exception {
        try (TextServers servers = new TextServers()) {
            servers.fail(500);
            servers.fail(500);
            String id = call(HUMAN, agent(servers).put("fallback", "Please call again later."));
            server.awaitEvent(id, "call.ended");

            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getBoolean("failed")).isTrue();
            assertThat(ended.getString("reason")).isEqualTo("webhook_failed");
            assertThat(ended.getString("detail")).contains("500");
            assertThat(servers.asked()).as("tried twice").hasSizeBetween(2, 4);
            assertThat(StreamPathTest.find(server.events(id), "playback.finished")
                            .getInteger("played_ms"))
                    .isGreaterThan(500);
        }
    }

    @Test
    void aWebhookThatNeverAnswersIsGivenUp() throws Exception {
        try (TextServers servers = new TextServers()) {
            servers.stall();
            String id = call(caller("w"), new JsonObject().put("webhook", servers.url("/agent")));
            server.awaitEvent(id, "agent.ended");
            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getString("reason")).isEqualTo("webhook_failed");
            assertThat((double) ended.getInteger("duration_ms")).isCloseTo(10_000, within(5_000.0));
            assertThat(servers.asked()).as("not asked again").hasSize(1);
        }
    }

    @Test
    void aTransferToWhereTheOwnerDidNotAllowIsRefused() throws Exception {
        try (TextServers servers = new TextServers()) {
            servers.answer(new JsonObject().put("text", "One moment.").put("transfer", "+900123"));
            servers.answer(new JsonObject().put("hang_up", true));
            String id = call(
                    caller("1#"),
                    new JsonObject()
                            .put("webhook", servers.url("/agent"))
                            .put("transfer_to", new JsonArray().add("+15550100002")));
            server.awaitEvent(id, "call.ended");
            assertThat(StreamPathTest.find(server.events(id), "agent.error").getString("code"))
                    .isEqualTo("refused");
            assertThat(server.events(id).stream().map(event -> event.getString("type")))
                    .noneMatch(type -> type.startsWith("transfer."));
        }
    }

    /** A number of ours, over real SIP, whose script presses these keys after a while. */
    private static String caller(String keys) throws Exception {
        JsonObject trunk = new JsonObject()
                .put("name", "loop " + keys.replace('#', 'x') + System.nanoTime())
                .put(
                        "hosts",
                        new JsonArray()
                                .add(new JsonObject().put("host", "127.0.0.1").put("port", server.sipPort())))
                .put("prefixes", new JsonArray().add(OURS))
                .put("allow_from", new JsonArray().add("127.0.0.1:" + server.sipPort()));
        require(server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY)
                .statusCode());
        String number = OURS + Math.abs(keys.hashCode() % 1000);
        JsonArray script = new JsonArray()
                .add(new JsonObject().put("say", new JsonObject().put("text", "Yes")))
                .add(new JsonObject().put("pause", 3))
                .add(new JsonObject().put("send_digits", keys))
                .add(new JsonObject().put("pause", 30));
        JsonObject route = new JsonObject().put("number", number).put("script", script);
        require(server.post("/v1/numbers", route.encode(), RunningServer.ADMIN_KEY)
                .statusCode());
        return number;
    }

    private static void require(int status) {
        assertThat(status).isEqualTo(201);
    }

    private static List<String> transcripts(String id) throws Exception {
        return server.events(id).stream()
                .filter(event -> event.getString("type").equals("agent.transcript"))
                .map(event -> event.getJsonObject("data"))
                .map(data -> data.getString("role") + ": " + data.getString("text"))
                .toList();
    }

    private static int spokenMs(String id) throws Exception {
        short[] said = Recorded.outbound(server, id);
        int frames = 0;
        for (int at = 0; at + 160 <= said.length; at += 160) {
            frames += Goertzel.totalDb(said, at, 160) > -40 ? 1 : 0;
        }
        return frames * 20;
    }
}
