package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.WavSamples;
import io.trunkline.sip.testing.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real softphone that takes encrypted calls alone, at the other end of a trunk. */
@Tag("full")
class SecureSoftphoneTest {
    private static final int OUR_HZ = 1000;

    @TempDir
    static Path folder;

    /** Where the phone is: it names the machine's own address in its media, wherever it was called at. */
    private static String here;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/baresip")), "needs baresip");
        Optional<String> address = ownAddress();
        assumeTrue(address.isPresent(), "needs a network interface");
        here = address.get();
        server = new RunningServer(folder, Map.of("TRUNKLINE_BIND", "0.0.0.0"));
    }

    private static Optional<String> ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Process phone(Path home, int port, String encryption) throws Exception {
        Files.createDirectories(home);
        Files.writeString(home.resolve("uuid"), "11111111-2222-3333-4444-555555555555");
        Files.writeString(
                home.resolve("accounts"),
                "<sip:+15551230001@" + here + ":" + port + ">;regint=0;answermode=auto" + encryption);
        Files.writeString(
                home.resolve("config"),
                String.join(
                        "\n",
                        "sip_listen " + here + ":" + port,
                        "rtcp_mux yes",
                        // It says what it hears.
                        "audio_player aubridge,echo",
                        "audio_source aubridge,echo",
                        "audio_alert aubridge,alert",
                        "module_path /usr/lib/baresip/modules",
                        "module g711.so",
                        "module opus.so",
                        "module aubridge.so",
                        "module srtp.so",
                        "module dtls_srtp.so",
                        "module ice.so",
                        "module_tmp account.so",
                        "module_app menu.so",
                        ""));
        Path log = home.resolve("log");
        Process started = new ProcessBuilder("baresip", "-f", home.toString(), "-v")
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RunningServer.await("baresip is up", () -> text(log).contains("baresip is ready"));
        return started;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException notYet) {
            return "";
        }
    }

    private static void trunk(String name, int port, String srtp) throws Exception {
        JsonObject host = new JsonObject().put("host", here).put("port", port);
        HttpResponse<String> created = server.post(
                "/v1/trunks",
                new JsonObject()
                        .put("name", name)
                        .put("hosts", new JsonArray().add(host))
                        .put("codecs", new JsonArray().add("opus").add("PCMA"))
                        .put("srtp", srtp)
                        .encode(),
                RunningServer.ADMIN_KEY);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    private static String call(String trunk) throws Exception {
        return server.call(new JsonObject()
                .put("to", "+15551230001")
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
        int port = FreePorts.next();
        Process phone = phone(folder.resolve(name), port, encryption);
        try {
            trunk(name, port, srtp);
            String id = call(name);
            server.awaitEvent(id, "recording.completed");
            assertThat(best(recording(id), OUR_HZ)).as("there and back").isGreaterThan(-30);
            assertThat(text(folder.resolve(name).resolve("log"))).containsIgnoringCase("srtp");
        } finally {
            phone.destroy();
            assertThat(phone.waitFor()).isNotNegative();
        }
    }

    @Test
    void aPhoneThatWantsEncryptionRefusesAPlainTrunkAndIsToldWhy() throws Exception {
        int port = FreePorts.next();
        Process phone = phone(folder.resolve("plain"), port, ";mediaenc=srtp-mand");
        try {
            trunk("plain", port, "off");
            String id = call("plain");
            server.awaitEvent(id, "call.ended");
            JsonObject call = server.show(id);
            assertThat(call.getString("status")).isEqualTo("failed");
            assertThat(call.getJsonObject("cause").getString("code")).isEqualTo("not_acceptable");
        } finally {
            phone.destroy();
        }
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
