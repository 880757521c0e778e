package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.TestPki;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person calls a business on WhatsApp; and what no WhatsApp call may be joined with. */
@Tag("full")
class WhatsAppCallsInTest {
    private static final int THEIR_HZ = 1700;
    private static final int OUR_HZ = 1000;
    private static final String BUSINESS = "+" + WhatsAppStandIn.USER;

    @TempDir
    static Path folder;

    private static final TestPki PKI = new TestPki("whatsapp-in");
    private static final int TLS_PORT = FreePorts.next();
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        SipConfig.Certificate ours = PKI.issue("127.0.0.1").in(folder, "server");
        server = new RunningServer(
                folder,
                Map.of(
                        "TRUNKLINE_SIP_TLS_PORT", Integer.toString(TLS_PORT),
                        "TRUNKLINE_SIP_TLS_CERTIFICATE", ours.chain().toString(),
                        "TRUNKLINE_SIP_TLS_KEY", ours.key().toString()));
        configure(
                "/v1/numbers",
                new JsonObject()
                        .put("number", BUSINESS)
                        .put(
                                "script",
                                new JsonArray()
                                        .add(new JsonObject().put("record", new JsonObject()))
                                        .add(new JsonObject()
                                                .put(
                                                        "play",
                                                        new JsonObject()
                                                                .put("tone", "beep")
                                                                .put("loop", 10)))
                                        .add(new JsonObject().put("pause", 60))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void configure(String path, JsonObject what) throws Exception {
        HttpResponse<String> created = server.post(path, what.encode(), RunningServer.ADMIN_KEY);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    private static String trunk(SrtpPolicy keying) throws Exception {
        JsonObject host = new JsonObject().put("host", "127.0.0.1").put("port", TLS_PORT);
        JsonObject auth = new JsonObject().put("username", BUSINESS).put("password", WhatsAppStandIn.PASSWORD);
        JsonObject trunk = new JsonObject()
                .put("name", "wa-in-" + keying.name().toLowerCase(Locale.ROOT))
                .put("profile", "whatsapp")
                .put("hosts", new JsonArray().add(host))
                .put("auth", auth)
                .put("allow_from", new JsonArray().add(WhatsAppCaller.ADDRESS))
                .put("tls", new JsonObject().put("ca_pem", PKI.rootPem()))
                .put("srtp", keying == SrtpPolicy.SDES ? "sdes" : "off");
        HttpResponse<String> created = server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return new JsonObject(created.body()).getString("id");
    }

    private static void remove(String trunkId) throws Exception {
        assertThat(server.delete("/v1/trunks/" + trunkId, RunningServer.ADMIN_KEY)
                        .statusCode())
                .isBetween(200, 204);
    }

    @ParameterizedTest
    @CsvSource({"DTLS,MD5", "DTLS,SHA-256", "SDES,MD5", "SDES,SHA-256"})
    void aUserCallsABusiness(SrtpPolicy keying, String algorithm) throws Exception {
        String trunk = trunk(keying);
        Path files = folder.resolve(keying + algorithm);
        try (WhatsAppCaller meta = new WhatsAppCaller(PKI, files, TLS_PORT, keying, algorithm)) {
            meta.call(WhatsAppStandIn.PASSWORD);
            assertThat(meta.last().code()).as(meta.last().text()).isEqualTo(200);
            String id = newest();
            theAnswerIsAsWhatsAppWantsIt(meta.last(), keying);
            assertThat(server.show(id).getJsonObject("metadata").getMap())
                    .containsEntry("x-wa-meta-user-name", "Ada")
                    .containsKey("x-wa-meta-wacid");

            meta.events.await(MediaEvent.MediaConnected.class);
            meta.session.record(RecordSpec.dual("meta"));
            meta.session.play(Playback.once("p", ToneSource.of(THEIR_HZ, 1500)));
            meta.session.sendDigits("7");
            server.awaitEvent(id, "dtmf.received");
            server.awaitEvent(id, "playback.finished");
            meta.events.await(MediaEvent.PlaybackFinished.class);
            notWithThePhoneNetwork(id);
            meta.hangUp(7);
            server.awaitEvent(id, "recording.completed");
            meta.session.close();

            assertThat(server.show(id).getJsonObject("metadata").getMap())
                    .containsEntry("x-wa-meta-call-duration", "7")
                    .containsEntry("x-wa-meta-user-name", "Ada");
            assertThat(best(recording(id), THEIR_HZ)).as("what they said").isGreaterThan(-30);
            WavSamples heard = WavSamples.read(meta.events
                    .await(MediaEvent.RecordingCompleted.class)
                    .file()
                    .path());
            assertThat(best(heard, OUR_HZ)).as("what they heard").isGreaterThan(-30);
            assertThat(meta.received)
                    .filteredOn(message -> !message.isResponse())
                    .isEmpty();
        } finally {
            remove(trunk);
        }
    }

    private static void theAnswerIsAsWhatsAppWantsIt(RawMessage answer, SrtpPolicy keying) {
        assertThat(answer.headers("Record-Route")).as("unmodified").isEqualTo(WhatsAppCaller.routes());
        assertThat(answer.headers("Session-Expires")).isEmpty();
        assertThat(answer.body())
                .contains("opus/48000/2")
                .contains("telephone-event/8000")
                .contains("a=rtcp-mux");
        assertThat(answer.body()).contains(keying == SrtpPolicy.DTLS ? "a=setup:active" : "a=crypto:");
    }

    /** By a command at once; by a script in an event. */
    private static void notWithThePhoneNetwork(String whatsApp) throws Exception {
        String phone = server.call(new JsonObject().put("to", "+15550100001").put("keep", true));
        server.awaitEvent(phone, "call.answered");
        refused(whatsApp, "bridge", new JsonObject().put("call_id", phone));
        refused(phone, "bridge", new JsonObject().put("call_id", whatsApp));
        refused(whatsApp, "dial", new JsonObject().put("to", "+15550100001"));
        accepted(phone, "conference", new JsonObject().put("name", "lobby"));
        server.awaitEvent(phone, "conference.joined");
        refused(whatsApp, "conference", new JsonObject().put("name", "lobby"));
        JsonObject dial = new JsonObject().put("dial", new JsonObject().put("to", "+15550100001"));
        accepted(
                whatsApp,
                "script",
                new JsonObject().put("script", new JsonArray().add(dial).add(new JsonObject().put("pause", 60))));
        server.awaitEvent(whatsApp, "dial.finished");
        JsonObject finished = server.events(whatsApp).stream()
                .filter(event -> event.getString("type").equals("dial.finished"))
                .findFirst()
                .orElseThrow();
        assertThat(finished.encode()).contains("public telephone network").contains("conflict");
        server.delete("/v1/calls/" + phone);
    }

    private static void refused(String id, String command, JsonObject body) throws Exception {
        HttpResponse<String> answer = server.post("/v1/calls/" + id + "/" + command, body.encode());
        assertThat(answer.statusCode()).as(command + " " + answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("public telephone network");
    }

    private static void accepted(String id, String command, JsonObject body) throws Exception {
        HttpResponse<String> answer = server.post("/v1/calls/" + id + "/" + command, body.encode());
        assertThat(answer.statusCode()).as(command + " " + answer.body()).isEqualTo(202);
    }

    @Test
    void aCallerWithoutTheNumbersPasswordIsNotLetIn() throws Exception {
        String trunk = trunk(SrtpPolicy.SDES);
        try (WhatsAppCaller meta =
                new WhatsAppCaller(PKI, folder.resolve("wrong"), TLS_PORT, SrtpPolicy.SDES, "SHA-256")) {
            meta.call("guessed");
            assertThat(meta.last().code()).isIn(401, 403, 407);
        } finally {
            remove(trunk);
        }
    }

    private static String newest() throws Exception {
        List<JsonObject> calls = new JsonObject(
                        server.get("/v1/calls?direction=inbound").body())
                .getJsonArray("items").stream().map(JsonObject.class::cast).toList();
        return calls.getFirst().getString("id");
    }

    private static WavSamples recording(String callId) throws Exception {
        String recording = server.show(callId).getJsonArray("recordings").getString(0);
        Path file = folder.resolve(callId + ".wav");
        Files.write(file, server.bytes("/v1/recordings/" + recording + "/audio").body());
        return WavSamples.read(file);
    }

    /** The loudest half second at a frequency. */
    private static double best(WavSamples wav, int hz) {
        short[] samples = wav.channel(0);
        int rate = wav.sampleRate();
        double best = -120;
        for (int at = 0; at + rate / 2 <= samples.length; at += rate / 10) {
            best = Math.max(best, Goertzel.levelDb(samples, at, rate / 2, hz, rate));
        }
        return best;
    }
}
