package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.WhatsAppStandIn.Refusal;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.Nat;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.TestPki;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
        configure(trunk);
    }

    @ParameterizedTest
    @CsvSource({"DTLS,MD5", "DTLS,SHA-256", "SDES,MD5", "SDES,SHA-256"})
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
            MediaSession person = meta.spokenTo();
            person.record(RecordSpec.dual("meta-" + name));
            person.play(Playback.once("p", ToneSource.of(THEIR_HZ, 1500)));
            person.sendDigits("7");
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
            assertThat(meta.received("INVITE").getLast().body())
                    .contains(keying == SrtpPolicy.DTLS ? "a=setup:actpass" : "a=crypto:");
        }
    }

    /** Over a trunk that nobody has said to be WhatsApp's: hold is tried, refused with 500, and the call goes on. */
    @Test
    void aReinviteThatIsRefusedDoesNoHarm() throws Exception {
        try (WhatsAppStandIn meta = new WhatsAppStandIn(PKI, folder.resolve("again"), SrtpPolicy.SDES, "MD5")) {
            JsonObject host = new JsonObject()
                    .put("host", "127.0.0.1")
                    .put("port", meta.port())
                    .put("transport", "tls");
            JsonObject auth =
                    new JsonObject().put("username", WhatsAppStandIn.USER).put("password", WhatsAppStandIn.PASSWORD);
            configure(new JsonObject()
                    .put("name", "wa-again")
                    .put("hosts", new JsonArray().add(host))
                    .put("auth", auth)
                    .put("codecs", new JsonArray().add("opus"))
                    .put("tls", new JsonObject().put("ca_pem", PKI.rootPem()))
                    .put("srtp", "sdes"));
            String id = call("wa-again");
            MediaSession person = meta.spokenTo();
            assertThat(server.post("/v1/calls/" + id + "/hold", "{}").statusCode())
                    .isEqualTo(202);
            server.awaitEvent(id, "call.hold_failed");
            RunningServer.await("its ACK", () -> meta.received("ACK").size() == 3);
            assertThat(meta.received("INVITE"))
                    .as("challenged, answered, refused")
                    .hasSize(3);
            person.play(Playback.once("p", ToneSource.of(THEIR_HZ, 1500)));
            meta.events.await(MediaEvent.PlaybackFinished.class);
            assertThat(server.show(id).getString("status")).isEqualTo("in_progress");
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");
            assertThat(best(recording(id), THEIR_HZ)).as("said after it").isGreaterThan(-30);
            assertThat(server.show(id).getString("status")).isEqualTo("completed");
        }
    }

    /** Somebody on the way sends our media elsewhere: WhatsApp hangs up after 20 s, and we say why. */
    @Test
    @Tag("full")
    void aCallThatWhatsAppHearsNothingOfEndsWithThatCause() throws Exception {
        try (DatagramSocket elsewhere = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                WhatsAppStandIn meta = new WhatsAppStandIn(PKI, folder.resolve("deaf"), SrtpPolicy.SDES, "MD5")) {
            trunk(meta, "wa-deaf", SrtpPolicy.SDES);
            meta.tamper(sdp -> sdp.replaceFirst("m=audio \\d+", "m=audio " + elsewhere.getLocalPort()));
            String id = call("wa-deaf");
            server.awaitEvent(id, "call.ended");
            JsonObject call = server.show(id);
            assertThat(call.getJsonObject("cause").getString("code")).isEqualTo("media_timeout");
            assertThat(call.getJsonObject("cause").getString("sip_reason")).contains("RTP timeout");
            assertThat(call.getLong("duration_ms")).isBetween(19_000L, 30_000L);
        }
    }

    @Test
    void aCallThatIsCancelledWhileItRingsIsCancelled() throws Exception {
        try (WhatsAppStandIn meta = new WhatsAppStandIn(PKI, folder.resolve("rings"), SrtpPolicy.DTLS, "SHA-256")) {
            trunk(meta, "wa-rings", SrtpPolicy.DTLS);
            meta.ring();
            String id = call("wa-rings");
            server.awaitEvent(id, "call.ringing");
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "call.ended");
            assertThat(server.show(id).getString("status")).isEqualTo("cancelled");
            RunningServer.await(
                    "the 487 is acknowledged", () -> meta.received("ACK").size() == 2);
            assertThat(meta.received("CANCEL")).hasSize(1);
        }
    }

    /** What was sent once comes again a second later: it is counted, and neither heard twice nor the call's end. */
    @Test
    void packetsThatComeAgainAreDroppedAndCounted() throws Exception {
        try (Nat between = new Nat();
                WhatsAppStandIn meta = new WhatsAppStandIn(PKI, folder.resolve("replay"), SrtpPolicy.SDES, "MD5")) {
            trunk(meta, "wa-replay", SrtpPolicy.SDES);
            between.repeatAfter(50);
            meta.tamper(sdp -> through(between, sdp));
            String id = call("wa-replay");
            MediaSession person = meta.spokenTo();
            person.play(Playback.once("p", ToneSource.of(THEIR_HZ, 4000)));
            meta.events.await(MediaEvent.PlaybackFinished.class);
            assertThat(server.show(id).getString("status")).isEqualTo("in_progress");
            server.delete("/v1/calls/" + id);
            server.awaitEvent(id, "recording.completed");
            JsonObject quality = server.show(id).getJsonObject("quality");

            assertThat(between.repeated()).isGreaterThan(100);
            assertThat(quality.getLong("packets_stray"))
                    .as("each that came again before the end")
                    .isBetween(between.repeated() - 20L, (long) between.repeated());
            assertThat(quality.getLong("packets_in"))
                    .isLessThanOrEqualTo(person.stats().packetsOut());
            assertThat(best(recording(id), THEIR_HZ)).isGreaterThan(-30);
        }
    }

    private static String through(Nat between, String sdp) {
        Matcher port = Pattern.compile("m=audio (\\d+)").matcher(sdp);
        assertThat(port.find()).isTrue();
        between.leadTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))));
        return port.replaceFirst("m=audio " + between.told().getPort());
    }

    private static String call(String trunk) throws Exception {
        return server.call(new JsonObject()
                .put("to", "+447700900123")
                .put("from", "+" + WhatsAppStandIn.USER)
                .put("trunk", trunk)
                .put("record", true)
                .put("keep", true));
    }

    private static void configure(JsonObject trunk) throws Exception {
        HttpResponse<String> created = server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
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
            String id = call(name);
            server.awaitEvent(id, "call.answered");
            if (keying == SrtpPolicy.SDES) {
                meta.spokenTo().play(Playback.once("p", ToneSource.of(THEIR_HZ, 30_000)));
            }
            server.awaitEvent(id, "call.ended");
            JsonObject call = server.show(id);
            assertThat(call.getString("status")).isEqualTo("failed");
            assertThat(call.getJsonObject("cause").getString("code")).isEqualTo(cause);
            assertThat(call.getJsonObject("cause").getString("fault")).isEqualTo("theirs");
            if (keying == SrtpPolicy.SDES) {
                assertThat(call.getJsonObject("quality").getLong("packets_stray"))
                        .as("each packet of the wrong key")
                        .isGreaterThan(100);
                assertThat(call.getJsonObject("quality").getLong("packets_in")).isZero();
            }
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
