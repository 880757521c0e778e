package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents on sandbox calls, their server one of our own that keeps to the protocol. */
class AgentPathTest {
    private static final String HUMAN = "+15550100001";
    private static final double AUDIBLE_DB = -30;
    private static final double DTMF_7_HIGH = 1209;

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

    private static JsonObject agent(RealtimeServer realtime) {
        return new JsonObject()
                .put("url", realtime.url())
                .put("model", "gpt-realtime")
                .put("api_key", "sk-test")
                .put("instructions", "Be brief.")
                .put("voice", "alloy");
    }

    private static String call(JsonObject agent) throws Exception {
        return server.call(new JsonObject().put("to", HUMAN).put("agent", agent).put("record", true));
    }

    @Test
    void theCalleeSpeaksTheAgentAnswersAndBothStandInTheLog() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, true)) {
            String id = call(agent(realtime));
            server.awaitEvent(id, "agent.transcript");
            RunningServer.await(
                    "both transcripts", () -> transcripts(id).containsAll(List.of("user: Hello?", "agent: Good day.")));
            int then = realtime.heardMs();
            RunningServer.await("the answer is heard", () -> realtime.heardMs() > then + 1500);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");

            JsonObject session = realtime.got("session.update").getFirst().getJsonObject("session");
            assertThat(session.getString("type")).isEqualTo("realtime");
            assertThat(session.getJsonObject("audio").getJsonObject("input").getJsonObject("format"))
                    .isEqualTo(new JsonObject().put("type", "audio/pcmu"));
            assertThat(realtime.handshakes.getFirst().getString("authorization"))
                    .isEqualTo("Bearer sk-test");
            assertThat(realtime.handshakes.getFirst().getString("uri")).endsWith("?model=gpt-realtime");
            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getInteger("replies")).isEqualTo(1);
            assertThat(ended.getInteger("reply_ms_most")).isBetween(100, 2000);
            assertThat(ended.getInteger("input_tokens")).isEqualTo(30);
            assertThat(loudest(Recorded.outbound(server, id), 700)).isGreaterThan(AUDIBLE_DB);
        }
    }

    @Test
    void anInterruptionTruncatesToWhatWasHeard() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, false)) {
            realtime.answer = new RealtimeServer.Answer(900, 20_000, "A long story.");
            String id = call(agent(realtime).put("greeting", "Hello"));
            server.awaitEvent(id, "agent.transcript");
            TimeUnit.MILLISECONDS.sleep(2500); // the callee listens for a while
            realtime.startSpeech();
            RunningServer.await(
                    "a truncation",
                    () -> !realtime.got("conversation.item.truncate").isEmpty());
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");

            int told = realtime.got("conversation.item.truncate").getFirst().getInteger("audio_end_ms");
            assertThat(told).isBetween(1500, 8000);
            assertThat((double) told).isCloseTo(Recorded.millisOf(Recorded.outbound(server, id), 900), within(40.0));
            assertThat(server.events(id).stream().map(event -> event.getString("type")))
                    .doesNotContain("agent.error");
            assertThat(StreamPathTest.find(server.events(id), "agent.ended").getInteger("interruptions"))
                    .isEqualTo(1);
        }
    }

    @Test
    void toolsAreAskedAtTheirWebhookAndHangingUpWaitsForTheLastWords() throws Exception {
        HttpServer tool = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tool.createContext("/weather", exchange -> {
            JsonObject asked =
                    new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = new JsonObject()
                    .put("city", asked.getJsonObject("arguments").getString("city"))
                    .put("sky", "clear")
                    .put("signed", exchange.getRequestHeaders().containsKey("Trunkline-Signature"))
                    .encode()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tool.start();
        try (RealtimeServer realtime = new RealtimeServer(true, false)) {
            JsonObject weather = new JsonObject()
                    .put("name", "weather")
                    .put("description", "The weather in a city")
                    .put("url", "http://127.0.0.1:" + tool.getAddress().getPort() + "/weather")
                    .put("parameters", new JsonObject().put("type", "object"));
            String id = call(agent(realtime)
                    .put("api", "beta")
                    .put("tools", new JsonArray().add(weather).add("hang_up")));
            server.awaitEvent(id, "agent.started");
            realtime.callFunction("call_1", "weather", new JsonObject().put("city", "Oslo"));
            RunningServer.await(
                    "the answer to the tool's output", () -> transcripts(id).contains("agent: Good day."));

            JsonObject output =
                    realtime.got("conversation.item.create").getFirst().getJsonObject("item");
            assertThat(output.getString("type")).isEqualTo("function_call_output");
            assertThat(output.getString("call_id")).isEqualTo("call_1");
            assertThat(new JsonObject(output.getString("output")))
                    .isEqualTo(new JsonObject()
                            .put("city", "Oslo")
                            .put("sky", "clear")
                            .put("signed", true));
            assertThat(realtime.got("conversation.item.create")).hasSize(1);
            assertThat(realtime.handshakes.getFirst().getString("openai-beta")).isEqualTo("realtime=v1");
            assertThat(realtime.got("session.update")
                            .getFirst()
                            .getJsonObject("session")
                            .getString("input_audio_format"))
                    .isEqualTo("g711_ulaw");

            realtime.callFunction("call_2", "hang_up", new JsonObject());
            server.awaitEvent(id, "recording.completed");
            assertThat(server.show(id).getJsonObject("cause").getString("code")).isEqualTo("hangup_guest");
            assertThat(Recorded.millisOf(Recorded.outbound(server, id), 700))
                    .as("last words are heard whole")
                    .isCloseTo(1000, within(40.0));
        } finally {
            tool.stop(0);
        }
    }

    @Test
    void aLostServerIsFoundAgainAndToldWhatWasSaid() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, true)) {
            String id = call(agent(realtime));
            RunningServer.await(
                    "both transcripts", () -> transcripts(id).containsAll(List.of("user: Hello?", "agent: Good day.")));
            realtime.refuse(2, 503);
            realtime.answer = new RealtimeServer.Answer(1300, 1000, "As I said.");
            realtime.disconnect();
            server.awaitEvent(id, "agent.reconnected");
            RunningServer.await(
                    "the conversation's memory",
                    () -> realtime.got("conversation.item.create").size() == 2);
            realtime.startSpeech();
            realtime.stopSpeech();
            RunningServer.await(
                    "words of the new session", () -> transcripts(id).contains("agent: As I said."));
            int then = realtime.heardMs();
            RunningServer.await("they are heard", () -> realtime.heardMs() > then + 1500);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");

            assertThat(realtime.got("conversation.item.create").stream()
                            .map(message -> message.getJsonObject("item"))
                            .map(item -> item.getString("role") + " "
                                    + item.getJsonArray("content")
                                            .getJsonObject(0)
                                            .getString("type") + " "
                                    + item.getJsonArray("content")
                                            .getJsonObject(0)
                                            .getString("text")))
                    .containsExactly("user input_text Hello?", "assistant output_text Good day.");
            assertThat(realtime.got("session.update")).hasSize(2);
            assertThat(realtime.got("session.update").get(1))
                    .isEqualTo(realtime.got("session.update").get(0));
            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getBoolean("failed")).isFalse();
            assertThat(ended.getInteger("reconnects")).isEqualTo(1);
            assertThat(loudest(Recorded.outbound(server, id), 1300)).isGreaterThan(AUDIBLE_DB);
        }
    }

    @Test
    void aServerThatStaysAwayLeavesTheCalleeWithAWordFromUs() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, false)) {
            String id = call(agent(realtime).put("fallback", "Please call again later."));
            server.awaitEvent(id, "agent.started");
            realtime.refuse(100, 503);
            realtime.disconnect();
            server.awaitEvent(id, "call.ended");

            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getBoolean("failed")).isTrue();
            assertThat(ended.getString("reason")).isEqualTo("server_lost");
            assertThat(ended.getString("detail")).contains("503");
            assertThat(StreamPathTest.find(server.events(id), "playback.finished")
                            .getInteger("played_ms"))
                    .isGreaterThan(500);
            assertThat(server.show(id).getString("status")).isEqualTo("completed");
        }
    }

    @Test
    void aServerThatDoesNotKnowTheKeyIsAskedOnce() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, false)) {
            realtime.refuse(1, 401);
            String id = call(agent(realtime));
            server.awaitEvent(id, "call.ended");
            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getString("reason")).isEqualTo("refused");
            assertThat(ended.getString("detail")).contains("401");
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws Exception {
        String id = server.call(new JsonObject()
                .put("to", HUMAN)
                .put("agent", new JsonObject().put("url", "ws://127.0.0.1:9/realtime")));
        server.awaitEvent(id, "call.ended");
        assertThat(StreamPathTest.find(server.events(id), "agent.ended").getString("reason"))
                .isEqualTo("unreachable");
    }

    @Test
    void ourOwnEarEndsTurnsWhereItIsAskedTo() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, false)) {
            String id = call(agent(realtime).put("turn_detection", "local"));
            RunningServer.await(
                    "a turn committed and answered",
                    () -> !realtime.got("input_audio_buffer.commit").isEmpty()
                            && !realtime.got("response.create").isEmpty());
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "call.ended");
            assertThat(server.events(id).stream().map(event -> event.getString("type")))
                    .containsSubsequence("speech.started", "speech.stopped");
        }
    }

    @Test
    void silenceEndsAnAgentThatNobodyTalksWith() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, false)) {
            String id = call(agent(realtime).put("silence_timeout", 1.5));
            server.awaitEvent(id, "call.ended");
            assertThat(StreamPathTest.find(server.events(id), "agent.ended").getString("reason"))
                    .isEqualTo("silence");
        }
    }

    @Test
    void anAgentPressesKeysAndTransfersWhereItsOwnerLetsIt() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, false)) {
            String id = call(agent(realtime)
                    .put("tools", new JsonArray().add("send_dtmf").add("transfer"))
                    .put("transfer_to", new JsonArray().add("+15550100006")));
            server.awaitEvent(id, "agent.started");
            realtime.callFunction("call_1", "send_dtmf", new JsonObject().put("digits", "7"));
            realtime.callFunction("call_2", "transfer_call", new JsonObject().put("to", "+15550100002"));
            RunningServer.await("two outcomes", () -> outputs(realtime).size() == 2);
            assertThat(outputs(realtime).get(0)).isEqualTo("{\"ok\":true}");
            assertThat(outputs(realtime).get(1)).contains("error");
            assertThat(server.events(id).stream().map(event -> event.getString("type")))
                    .noneMatch(type -> type.startsWith("transfer."));

            realtime.callFunction("call_3", "transfer_call", new JsonObject().put("to", "+15550100006"));
            RunningServer.await("a transfer", () -> transferred(id));
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");
            assertThat(loudest(Recorded.outbound(server, id), DTMF_7_HIGH))
                    .as("keys leave as telephone events, not as sound")
                    .isLessThan(AUDIBLE_DB);
            List<String> called = server.events(id).stream()
                    .filter(event -> event.getString("type").equals("agent.tool_call"))
                    .map(event -> event.getJsonObject("data").getString("name"))
                    .toList();
            assertThat(called).containsExactly("send_dtmf", "transfer_call", "transfer_call");
        }
    }

    private static boolean transferred(String id) {
        try {
            return server.events(id).stream()
                    .anyMatch(event -> event.getString("type").startsWith("transfer."));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> outputs(RealtimeServer realtime) {
        return realtime.got("conversation.item.create").stream()
                .map(message -> message.getJsonObject("item"))
                .filter(item -> item.getString("type").equals("function_call_output"))
                .map(item -> item.getString("output"))
                .toList();
    }

    @Test
    void anAgentEndsWhenItHasLastedLongEnough() throws Exception {
        try (RealtimeServer realtime = new RealtimeServer(false, true)) {
            realtime.answer = new RealtimeServer.Answer(700, 30_000, "A long story.");
            String id = call(
                    agent(realtime).put("greeting", "Hi").put("barge_in", false).put("max_seconds", 3));
            server.awaitEvent(id, "call.ended");
            JsonObject ended = StreamPathTest.find(server.events(id), "agent.ended");
            assertThat(ended.getString("reason")).isEqualTo("max_length");
            assertThat(ended.getBoolean("failed")).isFalse();
            assertThat(ended.getInteger("first_audio_ms")).isBetween(100, 3000);
            assertThat(ended.getInteger("output_tokens")).isGreaterThanOrEqualTo(12);
            assertThat(ended.getInteger("interruptions")).isZero();
        }
    }

    private static List<String> transcripts(String id) {
        try {
            return server.events(id).stream()
                    .filter(event -> event.getString("type").equals("agent.transcript"))
                    .map(event -> event.getJsonObject("data"))
                    .map(data -> data.getString("role") + ": " + data.getString("text"))
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static double loudest(short[] samples, double hertz) {
        double most = -120;
        for (int at = 0; at + 800 <= samples.length; at += 800) {
            most = Math.max(most, Goertzel.levelDb(samples, at, 800, hertz, RealtimeServer.RATE));
        }
        return most;
    }
}
