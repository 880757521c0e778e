package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.control.RealtimeServer;
import io.trunkline.control.Recorded;
import io.trunkline.control.RunningServer;
import io.trunkline.media.SampleFormat;
import io.trunkline.media.testing.ToneSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** cawme's documented request, answers and errors, on the whole program. */
@ExtendWith(Lab.Door.class)
class CawmeTest {
    private static final String DOCUMENTED = """
            {
              "instanceId": "inst_abc123",
              "type": "FIXED_TTS",
              "target": { "phoneNumber": "+14155550123" },
              "tts": {
                "text": "Hello, this is a call from ACME Corp.",
                "voiceId": "en-US-001"
              }
            }
            """;

    private static final String ECHO = "+15550100006";
    private static final int TONE_HZ = 700;

    private static Lab lab;
    private static Customer customer;

    @BeforeAll
    static void open(Lab server) {
        lab = server;
        customer = lab.customer("cawme");
        customer.line("inst_abc123", true);
    }

    @Test
    void theDocumentedRequestRingsIsAnsweredSpeaksAndCompletes() {
        Lab.Reply placed = customer.post("/api/v1/calls", DOCUMENTED);
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(201);
        JsonObject call = placed.json();
        assertThat(call.fieldNames())
                .containsExactly("id", "instance_id", "type", "status", "target_phone", "created_at");
        assertThat(call.getString("id")).startsWith("call_");
        assertThat(call.getString("instance_id")).isEqualTo("inst_abc123");
        assertThat(call.getString("type")).isEqualTo("FIXED_TTS");
        assertThat(call.getString("status")).isEqualTo("QUEUED");
        assertThat(call.getString("target_phone")).isEqualTo("+14155550123");

        Lab.Reply again = customer.post("/v1/calls", DOCUMENTED);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().getString("id")).isEqualTo(call.getString("id"));

        assertThat(lab.awaitNative(call.getString("id"), "call.ended"))
                .containsExactly(
                        "call.created",
                        "call.dialing",
                        "call.ringing",
                        "call.answered",
                        "playback.started",
                        "playback.finished",
                        "call.ended");
        JsonObject ended = customer.get("/v1/calls/" + call.getString("id")).json();
        assertThat(ended.fieldNames())
                .containsExactly(
                        "id", "instance_id", "type", "status", "target_phone", "started_at", "ended_at", "created_at");
        assertThat(ended.getString("status")).isEqualTo("COMPLETED");
        assertThat(ended.getString("started_at")).isLessThan(ended.getString("ended_at"));
    }

    @Test
    void fixedAudioIsPlayedAndHangingUpMakesTheCallFailed() {
        customer.line("inst_audio", true);
        JsonObject request = new JsonObject()
                .put("instanceId", "inst_audio")
                .put("type", "FIXED_AUDIO")
                .put("target", new JsonObject().put("phoneNumber", "+15550100001"))
                .put(
                        "audio",
                        new JsonObject().put("audioBase64", Base64.getEncoder().encodeToString(wav(8))));
        String id = customer.post("/v1/calls", request).json().getString("id");
        lab.awaitNative(id, "playback.started");
        assertThat(customer.get("/api/v1/calls/" + id).json().getString("status"))
                .isEqualTo("IN_PROGRESS");
        assertThat(customer.delete("/api/v1/calls/" + id).status()).isEqualTo(204);
        assertThat(lab.awaitNative(id, "call.ended")).contains("playback.finished");
        assertThat(customer.get("/v1/calls/" + id).json().getString("status")).isEqualTo("FAILED");
        assertThat(customer.delete("/v1/calls/" + id).status()).isEqualTo(404);
    }

    @Test
    void theCallThatIsUpIsReturnedWhateverItsStatusAndFailsWhenItIsDeleted() throws Exception {
        customer.line("inst_busy", true);
        JsonObject ringing =
                call("inst_busy", "FIXED_TTS", "+15550100004").put("tts", new JsonObject().put("text", "Hello"));
        String id = customer.post("/v1/calls", ringing).json().getString("id");
        returned(ringing, id, "RINGING");
        assertThat(customer.get("/v1/calls/" + id).json().getValue("started_at"))
                .isNull();
        assertThat(customer.delete("/v1/calls/" + id).status()).isEqualTo(204);
        assertThat(customer.get("/v1/calls/" + id).json().getString("status")).isEqualTo("FAILED");

        JsonObject answered = call("inst_busy", "DYNAMIC_STREAM", "+15550100001");
        Lab.Reply next = customer.post("/v1/calls", answered);
        assertThat(next.status()).as("the instance is free again").isEqualTo(201);
        returned(answered, next.json().getString("id"), "IN_PROGRESS");
        customer.delete("/v1/calls/" + next.json().getString("id"));

        JsonObject busy = ringing.copy().put("target", new JsonObject().put("phoneNumber", "+15550100003"));
        String failed = customer.post("/v1/calls", busy).json().getString("id");
        RunningServer.await("it fails", () -> status(failed).equals("FAILED"));
    }

    private static void returned(JsonObject request, String id, String status) throws Exception {
        RunningServer.await(status, () -> status(id).equals(status));
        Lab.Reply again = customer.post("/api/v1/calls", request);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().fieldNames())
                .containsExactly("id", "instance_id", "type", "status", "target_phone", "created_at");
        assertThat(again.json().getString("id")).isEqualTo(id);
        assertThat(again.json().getString("status")).isEqualTo(status);
    }

    private static String status(String id) {
        return customer.get("/v1/calls/" + id).json().getString("status");
    }

    @Test
    void mp3IsPlayedAsWavIs(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/lame")), "needs lame");
        Path wav = Files.write(folder.resolve("tone.wav"), wav(1));
        new ProcessBuilder("lame", "--quiet", wav.toString(), folder + "/tone.mp3")
                .start()
                .waitFor();
        byte[] mp3 = Files.readAllBytes(folder.resolve("tone.mp3"));
        customer.line("inst_mp3", true);
        JsonObject audio =
                new JsonObject().put("audioBase64", Base64.getEncoder().encodeToString(mp3));
        String id = customer.post(
                        "/v1/calls",
                        call("inst_mp3", "FIXED_AUDIO", "+15550100001").put("audio", audio))
                .json()
                .getString("id");
        assertThat(lab.awaitNative(id, "call.ended")).contains("playback.finished");
        assertThat(lab.nativeEvents(id, "playback.finished").getFirst().getInteger("played_ms"))
                .isGreaterThan(900);
        assertThat(status(id)).isEqualTo("COMPLETED");
    }

    @Test
    void aVoiceThatIsNotInstalledIsNeverAnError() {
        customer.line("inst_voice", false);
        for (String voice : List.of("en-US-001", "xx-YY-9", "Ivy", "pt-BR-002")) {
            JsonObject request = new JsonObject(DOCUMENTED)
                    .put("instanceId", "inst_voice")
                    .put("tts", new JsonObject().put("text", "Hello").put("voiceId", voice));
            String id = customer.post("/v1/calls", request).json().getString("id");
            assertThat(lab.awaitNative(id, "call.ended")).as(voice).contains("playback.finished");
            assertThat(customer.get("/v1/calls/" + id).json().getString("status"))
                    .isEqualTo("COMPLETED");
        }
    }

    private static JsonObject call(String instance, String type, String to) {
        return new JsonObject()
                .put("instanceId", instance)
                .put("type", type)
                .put("target", new JsonObject().put("phoneNumber", to));
    }

    @Test
    void aDynamicStreamIsSpokenByTheClientThatOpensItsSocket() throws Exception {
        customer.line("inst_stream", true);
        Lab.Reply placed = customer.post("/v1/calls", call("inst_stream", "DYNAMIC_STREAM", ECHO));
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(201);
        String id = placed.json().getString("id");
        lab.awaitNative(id, "call.answered");
        lab.record(id);
        List<JsonObject> told = new CopyOnWriteArrayList<>();
        String path = "/api/v1/calls/" + id + "/stream";
        WebSocket socket = lab.open(path, told, "Authorization", "Bearer " + customer.key());
        RunningServer.await("it is greeted", () -> !told.isEmpty());
        assertThat(told.getFirst().fieldNames()).containsExactly("type", "event", "timestamp");
        assertThat(told.getFirst().getString("type")).isEqualTo("call_event");
        assertThat(told.getFirst().getString("event")).isEqualTo("answered");
        short[] tone = new ToneSource(TONE_HZ, -15, 2000, 16_000, false).samples();
        byte[] pcm = SampleFormat.L16_LITTLE_ENDIAN.encode(tone, 0, tone.length);
        for (int at = 0; at < pcm.length; at += 6400) {
            socket.sendBinary(ByteBuffer.wrap(pcm, at, 6400), true).join();
        }
        lab.awaitSound(id);
        lab.awaitSound(id);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(lab.awaitNative(id, "recording.completed")).contains("stream.started", "stream.stopped");
        assertThat(Recorded.millisOf(lab.recorded(id, 0, 1), TONE_HZ))
                .as("what the client sent, to the callee")
                .isGreaterThan(1500);
        assertThat(Recorded.millisOf(lab.recorded(id, 0, 0), TONE_HZ))
                .as("and back from it")
                .isGreaterThan(1000);
    }

    @Test
    void aDynamicAgentTalksWithTheCalleeByItsInstructions() throws Exception {
        customer.line("inst_agent", true);
        JsonObject request = call("inst_agent", "DYNAMIC_AGENT", ECHO);
        Lab.Reply refused = customer.post("/v1/calls", request);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error().getString("message")).contains("agent.instructions");
        JsonArray instructions = new JsonArray().add("Be kind.").add("Be brief.");
        lab.agents().answer = new RealtimeServer.Answer(TONE_HZ, 2000, "Good day.");
        Lab.Reply placed =
                customer.post("/v1/calls", request.put("agent", new JsonObject().put("instructions", instructions)));
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(201);
        assertThat(placed.json().getString("type")).isEqualTo("DYNAMIC_AGENT");
        String id = placed.json().getString("id");
        lab.awaitNative(id, "agent.started");
        lab.record(id);
        assertThat(lab.agents().got("session.update"))
                .extracting(update -> update.getJsonObject("session").getString("instructions"))
                .contains("Be kind.\nBe brief.");
        lab.agents().stopSpeech(); // the agent's turn
        RunningServer.await(
                "the callee's echo reaches the agent", () -> lab.agents().heard(TONE_HZ) > -30);
        assertThat(customer.delete("/v1/calls/" + id).status()).isEqualTo(204);
        lab.awaitNative(id, "recording.completed");
        assertThat(Recorded.millisOf(lab.recorded(id, 0, 1), TONE_HZ))
                .as("what the agent says, to the callee")
                .isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'FIXED_TTS','target':{'phoneNumber':'+14155550123'},'tts':{'text':'Hi'}}       | instanceId",
                "{'instanceId':7,'type':'FIXED_TTS','target':{'phoneNumber':'+1415'},'tts':{'text':'x'}}| instanceId",
                "{'instanceId':'inst_abc123','target':{'phoneNumber':'+14155550123'},'tts':{'text':'x'}}| type",
                "{'instanceId':'inst_abc123','type':'FIXED_TTS','tts':{'text':'Hi'}}                     | target.phoneNumber",
                "{'instanceId':'inst_abc123','type':'FIXED_TTS','target':{'phoneNumber':'x'},'tts':{'text':'Hi'}} | target.phoneNumber",
                "{'instanceId':'inst_abc123','type':'SHOUT','target':{'phoneNumber':'+14155550123'}}     | type",
                "{'instanceId':'inst_abc123','type':'FIXED_TTS','target':{'phoneNumber':'+14155550123'}} | tts.text",
                "{'instanceId':'inst_abc123','type':'FIXED_AUDIO','target':{'phoneNumber':'+14155550123'}} | audio.audioBase64",
                "{'instanceId':                                                                          | JSON",
            })
    void whatIsMissingOrWrongIsNamedBeforeAnyCallIsLookedAt(String body, String named) {
        Lab.Reply refused = customer.post("/v1/calls", body.replace('\'', '"'));
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(400);
        assertThat(refused.error().getString("message")).contains(named);
    }

    @Test
    void tokensAndInstancesOfOthersAreRefused() {
        assertThat(lab.send("POST", "/compat/cawme/v1/calls", DOCUMENTED).status())
                .isEqualTo(401);
        assertThat(lab.send("POST", "/compat/cawme/v1/calls", DOCUMENTED, "Authorization", "Bearer no-key")
                        .error()
                        .getString("code"))
                .isEqualTo("unauthorized");
        String demo = customer.line("inst_demo", true).getString("id");
        Lab.Reply wrongInstance = customer.boundTo(demo).post("/v1/calls", DOCUMENTED);
        assertThat(wrongInstance.status()).isEqualTo(403);
        assertThat(customer.post("/v1/calls", DOCUMENTED.replace("inst_abc123", "inst_nobody"))
                        .status())
                .isEqualTo(404);
        Customer other = lab.customer("cawme");
        assertThat(other.post("/v1/calls", DOCUMENTED).status()).isEqualTo(404);
        assertThat(List.of(
                        customer.get("/v1/calls/call_none").status(),
                        customer.delete("/v1/calls/call_none").status()))
                .containsExactly(404, 404);
    }

    /** Seconds of a tone, 8000 Hz, 16 bits. */
    static byte[] wav(int seconds) {
        int bytes = seconds * 16_000;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        for (int i = 0; i < bytes / 2; i++) {
            wav.putShort((short) (8000 * Math.sin(2 * Math.PI * 440 * i / 8000)));
        }
        return wav.array();
    }
}
