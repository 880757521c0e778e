package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.cli.AmdReplay;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who answered, on the whole program: the sandbox's phones over SIP and RTP, all called at once. */
class AnsweringMachineTest {
    private static final int WAV_HEADER = 44;
    private static final int RATE = 8000;
    private static final int WINDOW = RATE / 50;
    private static final double AUDIBLE_DB = -35;
    private static final JsonArray TONE = new JsonArray().add(play());

    private enum Phone {
        HUMAN("+15550100001"),
        VOICEMAIL("+15550100002"),
        SCREENER("+15550100008"),
        FAX("+15550100009"),
        WITHOUT_BEEP("+15550100014");

        private final String number;

        Phone(String number) {
            this.number = number;
        }
    }

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static final Map<Phone, String> CALLS = new HashMap<>();

    @BeforeAll
    static void callThemAll() throws Exception {
        server = new RunningServer(folder);
        JsonObject message = new JsonObject()
                .put("mode", "wait")
                .put("on_human", new JsonArray().add(play()).add(new JsonObject().put("hangup", new JsonObject())))
                .put("on_machine", TONE)
                .put("wait_for_beep", true);
        call(Phone.HUMAN, message);
        call(Phone.VOICEMAIL, message);
        call(Phone.WITHOUT_BEEP, message);
        call(Phone.FAX, new JsonObject().put("on_machine", "hangup").put("hypotheses", true));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aPersonIsSpokenToOnceTheVerdictIsThere() throws Exception {
        List<String> types = ended(Phone.HUMAN);
        assertThat(verdicts(Phone.HUMAN)).containsExactly("human");
        assertThat(types.indexOf("amd.result")).isLessThan(types.indexOf("playback.started"));
        assertThat(server.get("/metrics").body())
                .containsPattern("trunkline_amd_verdicts_total\\{trunk=\".+\",verdict=\"human\"} \\d");
    }

    /** The beep is at the left of the recording, the message at the right. */
    @Test
    void theMessageStartsRightAfterTheBeep() throws Exception {
        List<String> types = ended(Phone.VOICEMAIL);
        assertThat(verdicts(Phone.VOICEMAIL)).containsExactly("machine");
        assertThat(types).contains("amd.greeting_ended", "amd.beep");
        server.awaitEvent(CALLS.get(Phone.VOICEMAIL), "recording.completed");
        byte[] wav = recording(Phone.VOICEMAIL);
        int beepEnds = lastAudible(channel(wav, 0));
        int messageStarts = firstAudible(channel(wav, 1));
        // 300 ms is the aim; a busy machine may be slower
        assertThat(messageStarts - beepEnds).isBetween(0, 600);
    }

    @Test
    void withoutABeepTheMessageFollowsTheGreeting() throws Exception {
        List<String> types = ended(Phone.WITHOUT_BEEP);
        assertThat(verdicts(Phone.WITHOUT_BEEP)).containsExactly("machine");
        assertThat(types).doesNotContain("amd.beep");
        assertThat(types.indexOf("amd.greeting_ended")).isLessThan(types.indexOf("playback.started"));
        assertThat(types).contains("playback.finished");
    }

    @Test
    void aLabelledCallIsReplayedFromItsRecording() throws Exception {
        String id = CALLS.get(Phone.VOICEMAIL);
        server.awaitEvent(id, "recording.completed");
        assertThat(server.put("/v1/calls/" + id + "/amd-label", new JsonObject().put("label", "machine"))
                        .statusCode())
                .isEqualTo(200);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = AmdReplay.run(
                List.of("--server", server.url().toString(), "--key", RunningServer.KEY),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("1 labelled calls, 1 told rightly then, 1 now; people called machines: 0 now")
                .contains("label at least 20 calls");
    }

    @Test
    void aFaxIsHungUpOn() throws Exception {
        assertThat(ended(Phone.FAX)).contains("amd.hypothesis");
        assertThat(verdicts(Phone.FAX)).containsExactly("fax");
        assertThat(server.show(CALLS.get(Phone.FAX)).getJsonObject("amd").getString("verdict"))
                .isEqualTo("fax");
    }

    @Test
    @Tag("full") // it listens for twelve seconds
    void aScreenerIsAMachineUntilItAnswersWhatItHeard() throws Exception {
        call(Phone.SCREENER, new JsonObject());
        String id = CALLS.get(Phone.SCREENER);
        server.awaitCall(
                id,
                call -> call.getJsonObject("amd") != null
                        && call.getJsonObject("amd").getString("verdict").equals("screener"));
        assertThat(verdicts(Phone.SCREENER)).containsExactly("machine", "screener");
        server.delete("/v1/calls/" + id);
    }

    private static void call(Phone phone, JsonObject amd) throws Exception {
        CALLS.put(
                phone,
                server.call(new JsonObject()
                        .put("to", phone.number)
                        .put("record", true)
                        .put("amd", amd)));
    }

    private static JsonObject play() {
        return new JsonObject().put("play", new JsonObject().put("tone", "beep").put("loop", 2));
    }

    private static List<String> ended(Phone phone) throws Exception {
        return server.awaitEvent(CALLS.get(phone), "call.ended");
    }

    private static List<String> verdicts(Phone phone) throws Exception {
        return server.events(CALLS.get(phone)).stream()
                .filter(event -> event.getString("type").equals("amd.result"))
                .map(event -> event.getJsonObject("data").getString("verdict"))
                .toList();
    }

    private static byte[] recording(Phone phone) throws Exception {
        String id = server.show(CALLS.get(phone)).getJsonArray("recordings").getString(0);
        return server.bytes("/v1/recordings/" + id + "/audio").body();
    }

    private static int firstAudible(short[] samples) {
        for (int at = 0; at + WINDOW <= samples.length; at += WINDOW) {
            if (isTone(samples, at)) {
                return at * 1000 / RATE;
            }
        }
        throw new AssertionError("no tone in " + samples.length / RATE + " s");
    }

    private static int lastAudible(short[] samples) {
        for (int at = samples.length - WINDOW; at >= 0; at -= WINDOW) {
            if (isTone(samples, at)) {
                return (at + WINDOW) * 1000 / RATE;
            }
        }
        throw new AssertionError("no tone in " + samples.length / RATE + " s");
    }

    private static boolean isTone(short[] samples, int at) {
        return Goertzel.levelDb(samples, at, WINDOW, 1000, RATE) > AUDIBLE_DB;
    }

    private static short[] channel(byte[] wav, int channel) {
        ByteBuffer bytes = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(24)).isEqualTo(RATE);
        short[] one = new short[(wav.length - WAV_HEADER) / 4];
        for (int i = 0; i < one.length; i++) {
            one[i] = bytes.getShort(WAV_HEADER + 4 * i + 2 * channel);
        }
        return one;
    }
}
