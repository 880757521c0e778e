package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.WavSamples;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.TestPki;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real softphone that takes encrypted calls alone, at the other end of a trunk. */
@Tag("full")
class SecureSoftphoneTest {
    private static final int OUR_HZ = 1000;
    private static final String OUR_NUMBER = "+15557770002";
    private static final TestPki PKI = new TestPki("softphone");
    private static final int TLS_PORT = FreePorts.next();

    @TempDir
    static Path folder;

    private static String here;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Softphone.isInstalled(), "needs baresip");
        Optional<String> address = Softphone.ownAddress();
        assumeTrue(address.isPresent(), "needs a network interface");
        here = address.get();
        SipConfig.Certificate ours = PKI.issue(here).in(folder, "server");
        server = new RunningServer(
                folder,
                Map.of(
                        "TRUNKLINE_BIND", "0.0.0.0",
                        "TRUNKLINE_SIP_TLS_PORT", Integer.toString(TLS_PORT),
                        "TRUNKLINE_SIP_TLS_CERTIFICATE", ours.chain().toString(),
                        "TRUNKLINE_SIP_TLS_KEY", ours.key().toString()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Softphone phone(String name, String account, String... commands) throws Exception {
        return new Softphone(folder.resolve(name), here, PKI, account, commands);
    }

    private static void configure(String path, JsonObject what) throws Exception {
        HttpResponse<String> created = server.post(path, what.encode(), RunningServer.ADMIN_KEY);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    private static JsonObject trunk(String name, String transport, int port, String srtp) {
        JsonObject host = new JsonObject().put("host", here).put("port", port).put("transport", transport);
        return new JsonObject()
                .put("name", name)
                .put("hosts", new JsonArray().add(host))
                .put("codecs", new JsonArray().add("opus").add("PCMA"))
                .put("tls", new JsonObject().put("ca_pem", PKI.rootPem()))
                .put("srtp", srtp);
    }

    private static String call(String trunk) throws Exception {
        return server.call(new JsonObject()
                .put("to", Softphone.NUMBER)
                .put("trunk", trunk)
                .put("record", true)
                .put("play", new JsonObject().put("tone", "beep").put("loop", 4)));
    }

    @ParameterizedTest
    @CsvSource({
        "sdes, ;mediaenc=srtp-mand",
        "optional, ;mediaenc=srtp",
        "dtls, ;mediaenc=dtls_srtp",
        "dtls, ;mediaenc=dtls_srtp;medianat=ice"
    })
    void anEchoComesBackEncrypted(String srtp, String encryption) throws Exception {
        String name = srtp + encryption.length();
        try (Softphone phone = phone(name, encryption)) {
            configure("/v1/trunks", trunk(name, "udp", phone.port(), srtp));
            anEchoComesBack(name, phone);
        }
    }

    /** Nothing of it is readable on the way: neither the keys' signalling nor the media. */
    @ParameterizedTest
    @CsvSource({"sdes, ;mediaenc=srtp-mand", "dtls, ;mediaenc=dtls_srtp"})
    void aTrunkOverTlsCarriesAnEncryptedCall(String srtp, String encryption) throws Exception {
        String name = "tls-" + srtp;
        try (Softphone phone = phone(name, ";transport=tls" + encryption)) {
            configure("/v1/trunks", trunk(name, "tls", phone.tlsPort(), srtp));
            anEchoComesBack(name, phone);
        }
    }

    private static void anEchoComesBack(String trunk, Softphone phone) throws Exception {
        String id = call(trunk);
        server.awaitEvent(id, "recording.completed");
        assertThat(best(recording(id), OUR_HZ)).as("there and back").isGreaterThan(-30);
        assertThat(phone.log()).containsIgnoringCase("srtp");
    }

    @Test
    void aPhoneCallsInOverTlsWithKeysOfItsOwn() throws Exception {
        JsonObject trunk = trunk("tls-in", "tls", 5061, "sdes").put("allow_from", new JsonArray().add(here));
        configure("/v1/trunks", trunk);
        JsonObject tone = new JsonObject().put("tone", "beep").put("loop", 4);
        configure(
                "/v1/numbers",
                new JsonObject()
                        .put("number", OUR_NUMBER)
                        .put(
                                "script",
                                new JsonArray(List.of(
                                        new JsonObject().put("record", new JsonObject()),
                                        new JsonObject().put("play", tone)))));
        String dial = "/dial sip:" + OUR_NUMBER + "@" + here + ":" + TLS_PORT + ";transport=tls";
        try (Softphone phone = phone("in", ";transport=tls;mediaenc=srtp-mand", dial)) {
            String id = inbound();
            server.awaitEvent(id, "recording.completed");
            assertThat(best(recording(id), OUR_HZ)).as("there and back").isGreaterThan(-30);
            assertThat(phone.log()).containsIgnoringCase("srtp");
        }
    }

    private static String inbound() throws Exception {
        RunningServer.await("the phone calls in", () -> !callsIn().isEmpty());
        return callsIn().getJsonObject(0).getString("id");
    }

    private static JsonArray callsIn() {
        try {
            return new JsonObject(server.get("/v1/calls?direction=inbound").body()).getJsonArray("items");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPhoneThatWantsEncryptionRefusesAPlainTrunkAndIsToldWhy() throws Exception {
        try (Softphone phone = phone("plain", ";mediaenc=srtp-mand")) {
            configure("/v1/trunks", trunk("plain", "udp", phone.port(), "off"));
            theCallFailsWith("plain", "not_acceptable");
        }
    }

    /** It never falls back: this phone knows no encryption at all, and would talk in the clear. */
    @ParameterizedTest
    @ValueSource(strings = {"sdes", "dtls"})
    void aTrunkThatWantsEncryptionGetsNoPlainCall(String srtp) throws Exception {
        String name = "clear-" + srtp;
        try (Softphone phone = phone(name, "")) {
            configure("/v1/trunks", trunk(name, "udp", phone.port(), srtp));
            theCallFailsWith(name, "not_acceptable");
        }
    }

    /** This one picks up without a word of keys: it is hung up on, and hears nothing of what was to be played. */
    @ParameterizedTest
    @ValueSource(strings = {"sdes", "dtls"})
    void anAnswerInTheClearEndsTheCallBeforeAWordIsSaid(String srtp) throws Exception {
        String name = "answers-" + srtp;
        try (ListeningCallee callee = new ListeningCallee()) {
            JsonObject host = new JsonObject().put("host", "127.0.0.1").put("port", callee.port());
            configure("/v1/trunks", trunk(name, "udp", callee.port(), srtp).put("hosts", new JsonArray().add(host)));
            String id = call(name);
            RunningServer.await("it rings", () -> !callee.phones().isEmpty());
            callee.pickUpAll();
            theCallEndsWith(id, "encryption_required");
            assertThat(callee.phones().getFirst().firstSound()).isNotDone();
        }
    }

    private static void theCallFailsWith(String trunk, String cause) throws Exception {
        theCallEndsWith(call(trunk), cause);
    }

    private static void theCallEndsWith(String id, String cause) throws Exception {
        server.awaitEvent(id, "call.ended");
        JsonObject call = server.show(id);
        assertThat(call.getString("status")).isEqualTo("failed");
        assertThat(call.getJsonObject("cause").getString("code")).isEqualTo(cause);
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
