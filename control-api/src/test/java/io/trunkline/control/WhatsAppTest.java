package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.WhatsAppStandIn.Refusal;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.TestPki;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WhatsApp calls of a business, against a stand-in that is as particular as the real one. */
class WhatsAppTest {
    private static final int THEIR_HZ = 1700;
    private static final int OUR_HZ = 1000;

    @TempDir
    static Path folder;

    private static final TestPki PKI = new TestPki("whatsapp");
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void trunk(WhatsAppStandIn meta, String name, SrtpPolicy keying) throws Exception {
        JsonObject trunk = new JsonObject()
                .put("name", name)
                .put("profile", "whatsapp")
                .put(
                        "hosts",
                        new JsonArray()
                                .add(new JsonObject().put("host", "127.0.0.1").put("port", meta.port())))
                .put(
                        "auth",
                        new JsonObject()
                                .put("username", "+" + WhatsAppStandIn.USER)
                                .put("password", WhatsAppStandIn.PASSWORD))
                .put("identity", new JsonObject().put("from_host", "voice.example.com"))
                .put("tls", new JsonObject().put("ca_pem", PKI.rootPem()))
                .put("register", true)
                .put("options_ping_seconds", 1)
                .put("srtp", keying == SrtpPolicy.SDES ? "sdes" : "off");
        HttpResponse<String> created = server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"DTLS,MD5", "DTLS,SHA-256", "SDES,SHA-256"})
    void aBusinessCallsAUser(SrtpPolicy keying, String algorithm) throws Exception {
        String name = "wa-" + keying.name().toLowerCase(Locale.ROOT) + "-" + algorithm.length();
        try (WhatsAppStandIn meta = new WhatsAppStandIn(PKI, folder.resolve(name), keying, algorithm)) {
            trunk(meta, name, keying);
            String id = server.call(new JsonObject()
                    .put("to", "+447700900123")
                    .put("from", "+" + WhatsAppStandIn.USER)
                    .put("trunk", name)
                    .put("record", true)
                    .put("keep", true)
                    .put("play", new JsonObject().put("tone", "beep").put("loop", 4)));
            server.awaitEvent(id, "call.answered");
            meta.events.await(MediaEvent.MediaConnected.class);
            meta.session().record(RecordSpec.dual("meta-" + name));
            meta.session().play(Playback.once("p", ToneSource.of(THEIR_HZ, 1500)));
            meta.session().sendDigits("7");
            server.awaitEvent(id, "dtmf.received");
            server.awaitEvent(id, "playback.finished");
            meta.events.await(MediaEvent.PlaybackFinished.class);
            assertThat(server.post("/v1/calls/" + id + "/hold", "{}").statusCode())
                    .isEqualTo(409);
            assertThat(server.post("/v1/calls/" + id + "/transfer", "{\"to\":\"+447700900124\"}")
                            .statusCode())
                    .isEqualTo(409);
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");

            assertThat(best(recording(id), THEIR_HZ))
                    .as("what they said, in our recording")
                    .isGreaterThan(-30);
            MediaEvent.RecordingCompleted theirs = meta.events.await(MediaEvent.RecordingCompleted.class);
            WavSamples heard = WavSamples.read(theirs.file().path());
            assertThat(best(heard.channel(0), heard.sampleRate(), OUR_HZ))
                    .as("what they heard")
                    .isGreaterThan(-30);
            theSignallingIsAsWhatsAppWantsIt(meta);
        }
    }

    private static void theSignallingIsAsWhatsAppWantsIt(WhatsAppStandIn meta) throws Exception {
        RunningServer.await("BYE", () -> !meta.received("BYE").isEmpty());
        assertThat(meta.received("INVITE")).as("one challenge, no re-INVITE").hasSize(2);
        assertThat(meta.received).extracting(RawMessage::method).containsOnly("INVITE", "ACK", "BYE");
        RawMessage invite = meta.received("INVITE").getLast();
        assertThat(invite.uri()).startsWith("sip:+447700900123@127.0.0.1").endsWith(";transport=tls");
        assertThat(invite.header("From")).contains("<sip:+" + WhatsAppStandIn.USER + "@voice.example.com>");
        assertThat(invite.headers("Session-Expires")).isEmpty();
        assertThat(invite.body())
                .contains("opus/48000/2")
                .contains("telephone-event/8000")
                .contains("a=rtcp-mux");
        for (RawMessage request :
                List.of(meta.received("ACK").getLast(), meta.received("BYE").getFirst())) {
            assertThat(String.join(",", request.headers("Route")).replace(" ", ""))
                    .isEqualTo(String.join(",", meta.routes().reversed()));
        }
    }

    /** The call is answered, and ended with a cause; nothing that came with it was heard. */
    @ParameterizedTest
    @CsvSource({"DTLS,dtls_fingerprint_mismatch", "SDES,srtp_authentication_failed"})
    void anAnswerThatSomebodyChangedOnItsWayEndsTheCallUnheard(SrtpPolicy keying, String cause) throws Exception {
        String name = "wa-tampered-" + keying.name().toLowerCase(Locale.ROOT);
        try (WhatsAppStandIn meta = new WhatsAppStandIn(PKI, folder.resolve(name), keying, "MD5")) {
            trunk(meta, name, keying);
            meta.tamper(WhatsAppTest::withOtherKeys);
            String id = server.call(new JsonObject()
                    .put("to", "+447700900123")
                    .put("from", "+" + WhatsAppStandIn.USER)
                    .put("trunk", name)
                    .put("record", true)
                    .put("keep", true));
            server.awaitEvent(id, "call.answered");
            meta.session().play(Playback.once("p", ToneSource.of(THEIR_HZ, 30_000)));
            server.awaitEvent(id, "call.ended");
            JsonObject call = server.show(id);
            assertThat(call.getString("status")).isEqualTo("failed");
            assertThat(call.getJsonObject("cause").getString("code")).isEqualTo(cause);
            assertThat(call.getJsonObject("cause").getString("fault")).isEqualTo("theirs");
            List<String> types = server.events(id).stream()
                    .map(event -> event.getString("type"))
                    .toList();
            if (types.contains("recording.completed")) {
                assertThat(best(recording(id), THEIR_HZ)).as("what they said").isLessThan(-60);
            }
            RunningServer.await("BYE", () -> !meta.received("BYE").isEmpty());
        }
    }

    /** The same shape with other content: the first digit of a fingerprint, the first letter of a key. */
    private static String withOtherKeys(String sdp) {
        Matcher key = Pattern.compile("(?<=inline:)[A-Za-z0-9+/]|(?<=fingerprint:sha-256 )[0-9A-F]")
                .matcher(sdp);
        String changed = key.replaceAll(found -> found.group().equals("A") ? "B" : "A");
        assertThat(changed).isNotEqualTo(sdp);
        return changed;
    }

    @Test
    void everyRefusalIsACauseOfItsOwnWithTheCarriersWords() throws Exception {
        String[][] table = {
            {"400", "Bad Request", "number is not valid", "not_found", "failed"},
            {"403", "SIP server voice.example.com from INVITE does not match", "x", "host_mismatch", "failed"},
            {"403", "Forbidden", "No approved call permission from the recipient", "no_permission", "failed"},
            {"403", "Forbidden", "Daily limit reached", "limit_reached", "failed"},
            {"403", "Duplicate call", "x", "duplicate_call", "failed"},
            {"403", "Forbidden", "Invalid digest", "auth_failed", "failed"},
            {"403", "Forbidden", "SDP could not be parsed", "not_acceptable", "failed"},
            {"403", "Forbidden", "something new", "forbidden", "failed"},
            {"404", "Not Found", "x", "bad_request", "failed"},
            {"408", "RTP timeout", "x", "media_timeout", "no_answer"},
            {"480", "No answer", "x", "no_answer", "no_answer"},
            {"486", "Busy Here", "x", "declined", "busy"},
            {"503", "Service Unavailable", "x", "trunk_error", "failed"},
        };
        try (WhatsAppStandIn meta = new WhatsAppStandIn(PKI, folder.resolve("no"), SrtpPolicy.DTLS, "MD5")) {
            trunk(meta, "wa-no", SrtpPolicy.DTLS);
            for (String[] row : table) {
                meta.refuse(new Refusal(Integer.parseInt(row[0]), row[1], "399 meta \"" + row[2] + "\""));
                String id = server.call(new JsonObject()
                        .put("to", "+447700900123")
                        .put("from", "+" + WhatsAppStandIn.USER)
                        .put("trunk", "wa-no"));
                server.awaitEvent(id, "call.ended");
                JsonObject call = server.show(id);
                JsonObject cause = call.getJsonObject("cause");
                assertThat(cause.getString("code")).as(String.join(" ", row)).isEqualTo(row[3]);
                assertThat(call.getString("status")).as(String.join(" ", row)).isEqualTo(row[4]);
                assertThat(cause.getString("sip_reason")).isEqualTo(row[1]);
                assertThat(cause.getString("text")).contains(row[2]);
            }
        }
    }

    private static WavSamples recording(String callId) throws Exception {
        String recording = server.show(callId).getJsonArray("recordings").getString(0);
        Path file = folder.resolve(callId + ".wav");
        Files.write(file, server.bytes("/v1/recordings/" + recording + "/audio").body());
        return WavSamples.read(file);
    }

    private static double best(WavSamples wav, int hz) {
        return best(wav.channel(0), wav.sampleRate(), hz);
    }

    /** The loudest half second at a frequency. */
    private static double best(short[] samples, int rate, int hz) {
        double best = -120;
        for (int at = 0; at + rate / 2 <= samples.length; at += rate / 10) {
            best = Math.max(best, Goertzel.levelDb(samples, at, rate / 2, hz, rate));
        }
        return best;
    }
}
