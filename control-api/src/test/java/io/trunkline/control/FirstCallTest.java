package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a newcomer does on the first day, against the whole program: HTTP in, SIP and RTP to the sandbox and back. */
class FirstCallTest {
    private static final int WAV_HEADER = 44;
    private static final int TENTH_SECOND = 800;
    private static final double AUDIBLE_DB = -30;
    private static final double SILENT_DB = -50;

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

    @Test
    void aSayCallIsRungAnsweredSpokenRecordedAndToldInOrder() throws Exception {
        String id = server.call(new JsonObject()
                .put("to", "+15550100001")
                .put("say", new JsonObject().put("text", "Hello from Trunkline"))
                .put("record", true));
        List<String> types = server.awaitEvent(id, "recording.completed");
        assertThat(types)
                .containsExactly(
                        "call.created",
                        "call.dialing",
                        "call.ringing",
                        "call.answered",
                        "recording.started",
                        "playback.started",
                        "playback.finished",
                        "call.ended",
                        "recording.completed");
        assertThat(server.events(id).stream().map(event -> event.getInteger("seq")))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        JsonObject call = server.show(id);
        assertThat(call.getString("status")).isEqualTo("completed");
        assertThat(call.getInteger("duration_ms")).isPositive();
    }

    /** The fax answers with 2100 Hz; we play 1000 Hz: each is on its own channel of the recording, and only there. */
    @Test
    void theRecordingHoldsTheCalleeOnTheLeftAndUsOnTheRight() throws Exception {
        String id = server.call(new JsonObject()
                .put("to", "+15550100009")
                .put("play", new JsonObject().put("tone", "beep").put("loop", 5))
                .put("record", true));
        server.awaitEvent(id, "recording.completed");
        String recording = server.show(id).getJsonArray("recordings").getString(0);
        HttpResponse<byte[]> audio = server.bytes("/v1/recordings/" + recording + "/audio");
        assertThat(audio.statusCode()).isEqualTo(200);
        short[] left = channel(audio.body(), 0);
        short[] right = channel(audio.body(), 1);
        assertThat(left.length).isGreaterThan(12_000);
        int rate = ByteBuffer.wrap(audio.body()).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
        int from = rate / 2;
        assertThat(Goertzel.levelDb(left, from, rate, 2100, rate)).isGreaterThan(AUDIBLE_DB);
        assertThat(Goertzel.levelDb(left, from, rate, 1000, rate)).isLessThan(SILENT_DB);
        assertThat(Goertzel.levelDb(right, from, rate, 1000, rate)).isGreaterThan(AUDIBLE_DB);
        assertThat(Goertzel.levelDb(right, from, rate, 2100, rate)).isLessThan(SILENT_DB);
    }

    @ParameterizedTest
    @CsvSource({
        "+15550100003, busy, 486",
        "+15550100005, rejected, 603",
        "+15550100012, failed, 503",
    })
    void aCallThatIsNotAnsweredSaysWhy(String to, String status, int sipStatus) throws Exception {
        String id = server.call(new JsonObject().put("to", to));
        server.awaitEvent(id, "call.ended");
        JsonObject call = server.show(id);
        assertThat(call.getString("status")).isEqualTo(status);
        assertThat(call.getJsonObject("cause").getInteger("sip_status")).isEqualTo(sipStatus);
    }

    @Test
    void aPhoneThatRingsForEverIsCancelledByDelete() throws Exception {
        String id = server.call(new JsonObject().put("to", "+15550100004"));
        server.awaitEvent(id, "call.ringing");
        assertThat(server.delete("/v1/calls/" + id).statusCode()).isEqualTo(202);
        server.awaitEvent(id, "call.ended");
        assertThat(server.show(id).getString("status")).isEqualTo("cancelled");
    }

    @Test
    void aPhoneThatRingsForEverIsGivenUpAfterItsTimeout() throws Exception {
        String id = server.call(new JsonObject().put("to", "+15550100004").put("timeout", 2));
        server.awaitEvent(id, "call.ended");
        assertThat(server.show(id).getString("status")).isEqualTo("no_answer");
    }

    @Test
    void whoSpeaksCutsAPlaybackShort() throws Exception {
        JsonObject tone =
                new JsonObject().put("tone", "ringback").put("loop", 0).put("barge_in", "speech");
        String id = server.call(new JsonObject().put("to", "+15550100002").put("play", tone));
        assertThat(server.awaitEvent(id, "call.ended"))
                .containsSubsequence(
                        "playback.started",
                        "speech.started",
                        "playback.interrupted",
                        "playback.finished",
                        "call.ended");
    }

    @Test
    void aCalleeWhoHangsUpAtOnceIsCompletedByTheirHand() throws Exception {
        String id = server.call(new JsonObject().put("to", "+15550100013"));
        server.awaitEvent(id, "call.ended");
        JsonObject call = server.show(id);
        assertThat(call.getString("status")).isEqualTo("completed");
        assertThat(call.getJsonObject("cause").getString("code")).isEqualTo("hangup_remote");
    }

    @Test
    void anEchoComesBackOnTheCalleesChannel() throws Exception {
        String id = server.call(new JsonObject()
                .put("to", "+15550100006")
                .put("play", new JsonObject().put("tone", "beep").put("loop", 6))
                .put("record", true));
        server.awaitEvent(id, "recording.completed");
        String recording = server.show(id).getJsonArray("recordings").getString(0);
        short[] left =
                channel(server.bytes("/v1/recordings/" + recording + "/audio").body(), 0);
        double loudest = -120;
        for (int at = left.length / 3; at + TENTH_SECOND <= left.length; at += TENTH_SECOND) {
            // pieces, since an adapting playout may shift the phase of a long tone
            loudest = Math.max(loudest, Goertzel.levelDb(left, at, TENTH_SECOND, 1000, 8000));
        }
        assertThat(loudest).isGreaterThan(AUDIBLE_DB);
    }

    @Test
    void webhooksComeSignedInOrderOfTheirSeq() throws Exception {
        List<JsonObject> received = new CopyOnWriteArrayList<>();
        List<String> signatures = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("Trunkline-Signature")));
            received.add(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            String id = server.call(new JsonObject()
                    .put("to", "+15550100003")
                    .put(
                            "callback_url",
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"));
            RunningServer.await(
                    "three events",
                    () -> received.stream()
                            .anyMatch(event -> event.getString("type").equals("call.ended")));
            assertThat(received).extracting(event -> event.getString("call_id")).containsOnly(id);
            assertThat(received)
                    .extracting(event -> event.getString("type"))
                    .containsExactly("call.created", "call.dialing", "call.ended");
            assertThat(signatures).allMatch(header -> header.matches("t=\\d+,v1=[0-9a-f]{64}.*"));
        } finally {
            receiver.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"to\":                                        | 400 | invalid_json",
                "{\"to\":\"+15550100001\",\"colour\":\"red\"}    | 400 | invalid_request",
                "{\"say\":{\"text\":\"Hello\"}}                  | 400 | invalid_request",
                "{\"to\":\"not a number\"}                       | 400 | invalid_request",
                "{\"to\":\"+15550100001;x=1\"}                   | 400 | invalid_request",
            })
    void aBadRequestIsRefusedInWordsAndNothingIsDialled(String body, int status, String code) throws Exception {
        int before = calls();
        HttpResponse<String> refused = server.post("/v1/calls", body);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo(code);
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void aWrongKeyAndAnUnknownCallAreRefused() throws Exception {
        assertThat(server.post("/v1/calls", "{\"to\":\"+15550100001\"}", "wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.get("/v1/calls/call_00000000-0000-7000-8000-000000000000")
                        .statusCode())
                .isEqualTo(404);
    }

    private static int calls() throws Exception {
        return new JsonObject(server.get("/v1/calls?limit=1000").body())
                .getJsonArray("items")
                .size();
    }

    private static short[] channel(byte[] wav, int channel) {
        ByteBuffer samples = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        int frames = (wav.length - WAV_HEADER) / 4;
        short[] one = new short[frames];
        for (int i = 0; i < frames; i++) {
            one[i] = samples.getShort(WAV_HEADER + 4 * i + 2 * channel);
        }
        return one;
    }
}
