package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.amd.synth.SpeechPrograms;
import io.trunkline.media.amd.synth.SpokenWords;
import io.trunkline.media.codec.G711;
import io.trunkline.sip.testing.Sipp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who answered, told of a carrier that is not ours: SIPp answers and plays G.711 that was spoken for the test. */
class SippAnswersTest {
    private static final int RATE = 8000;

    @TempDir
    static Path folder;

    private static SpeechPrograms programs;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        programs = SpeechPrograms.quick();
        assumeTrue(programs.usable(), "needs espeak-ng and flite");
        assumeTrue(Sipp.onPath("sipp"), "needs sipp");
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aVoicemailOfAnotherMakeIsToldByItsGreetingAndBeep() throws Exception {
        short[] greeting = SpokenWords.of(
                programs, "Hello, this is the mailbox of Peter Brown. Please leave a message after the tone.");
        int beepAt = 500 + greeting.length * 1000 / RATE + 800;
        JsonObject beep =
                theBeepOf("+442070000001", joined(silence(500), greeting, silence(800), beep(), silence(8000)));
        assertThat(beep.getInteger("onset_ms")).isBetween(beepAt - 200, beepAt + 600);
        assertThat(beep.getInteger("freq_hz")).isBetween(1190, 1210);
        assertThat(beep.getInteger("length_ms")).isBetween(300, 500);
    }

    @Test
    void aPersonOnAnotherMakeIsToldByAHello() throws Exception {
        JsonObject amd = new JsonObject().put("on_human", "hangup");
        List<JsonObject> events = call("+442070000002", joined(silence(500), hello(), silence(8000)), amd);
        assertThat(events.stream().filter(event -> event.getString("type").equals("amd.result")))
                .extracting(event -> event.getJsonObject("data").getString("verdict"))
                .containsExactly("human");
    }

    private static short[] hello() throws IOException {
        return SpokenWords.of(programs, "Hello?");
    }

    private static JsonObject theBeepOf(String number, short[] sound) throws Exception {
        JsonArray hangUp = new JsonArray().add(new JsonObject().put("hangup", new JsonObject()));
        JsonObject amd = new JsonObject().put("on_machine", hangUp).put("wait_for_beep", true);
        List<JsonObject> events = call(number, sound, amd);
        assertThat(events).extracting(event -> event.getString("type")).containsSubsequence("amd.result", "amd.beep");
        return events.stream()
                .filter(event -> event.getString("type").equals("amd.beep"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data");
    }

    /** Until the call is over, which the verdict makes it. */
    private static List<JsonObject> call(String number, short[] sound, JsonObject amd) throws Exception {
        Path files = Files.createDirectories(folder.resolve(number.substring(1)));
        Files.write(files.resolve("speech.ulaw"), compressed(sound));
        try (Sipp carrier = Sipp.calleeIn(files, "callee-speaks", 1)) {
            trunk(number, carrier.port);
            String id = server.call(new JsonObject().put("to", number).put("amd", amd));
            server.awaitEvent(id, "call.ended");
            carrier.succeeds();
            return server.events(id);
        }
    }

    private static void trunk(String number, int port) throws Exception {
        JsonObject host =
                new JsonObject().put("host", "127.0.0.1").put("port", port).put("transport", "udp");
        JsonObject trunk = new JsonObject()
                .put("name", "sipp-" + port)
                .put("hosts", new JsonArray().add(host))
                .put("prefixes", new JsonArray().add(number))
                .put("codecs", new JsonArray().add("PCMU"));
        assertThat(server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(201);
    }

    private static byte[] compressed(short[] samples) {
        byte[] codes = new byte[samples.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = G711.ULAW.compress(samples[i]);
        }
        return codes;
    }

    private static short[] beep() {
        short[] samples = new short[RATE * 4 / 10];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (6000 * Math.sin(2 * Math.PI * 1200 * i / RATE));
        }
        return samples;
    }

    private static short[] silence(int ms) {
        return new short[ms * RATE / 1000];
    }

    private static short[] joined(short[]... parts) {
        int length = 0;
        for (short[] part : parts) {
            length += part.length;
        }
        short[] all = new short[length];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
