package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.testing.Goertzel;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.Sipp;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A carrier's edge, Kamailio with rtpengine, takes our encrypted call and gives it to a phone in the clear. */
@Tag("full")
class MediaRelayTest {
    private static final int OUR_HZ = 1000;
    private static final int RATE = 8000;
    private static final TestPki PKI = new TestPki("edge");

    @TempDir
    static Path folder;

    private static String here;
    private static RunningServer server;
    private static Softphone phone;
    private static Process relay;
    private static Process proxy;
    private static final int TLS_PORT = FreePorts.next();

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Softphone.isInstalled(), "needs baresip");
        assumeTrue(Sipp.onPath("kamailio") && Files.exists(tlsModule()), "needs kamailio and kamailio-tls-modules");
        assumeTrue(Sipp.onPath("rtpengine"), "needs rtpengine-daemon");
        Optional<String> address = Softphone.ownAddress();
        assumeTrue(address.isPresent(), "needs a network interface");
        here = address.get();
        phone = new Softphone(folder.resolve("phone"), here, PKI, "");
        relay = relay(FreePorts.next());
        server = new RunningServer(folder, Map.of("TRUNKLINE_BIND", "0.0.0.0"));
    }

    private static Path tlsModule() {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        return Path.of("/usr/lib/" + processor + "-linux-gnu/kamailio/modules/tls.so");
    }

    /** Table −1: without the kernel's module every packet goes through the daemon. Kamailio finds it by its port. */
    private static Process relay(int control) throws Exception {
        Path empty = Files.writeString(folder.resolve("rtpengine.conf"), "[rtpengine]\n");
        Process started = start(
                "rtpengine",
                "rtpengine",
                "--config-file=" + empty,
                "--foreground",
                "--log-stderr",
                "--table=-1",
                "--interface=" + here,
                "--listen-ng=127.0.0.1:" + control,
                "--port-min=42000",
                "--port-max=42998",
                "--pidfile=" + folder.resolve("rtpengine.pid"));
        SipConfig.Certificate shown = PKI.issue(here).in(folder, "kamailio");
        Path home = Path.of(System.getProperty("trunkline.home", ".."));
        String config = Files.readString(home.resolve("config/sipp/kamailio-rtpengine.cfg"))
                .replace("ADDRESS", here)
                .replace("PORT", Integer.toString(FreePorts.next()))
                .replace("SECURE", Integer.toString(TLS_PORT))
                .replace("CONTROL", Integer.toString(control))
                .replace("PHONE", here + ":" + phone.port())
                .replace("CERTIFICATE", shown.chain().toString())
                .replace("PRIVATEKEY", shown.key().toString());
        Path file = Files.writeString(folder.resolve("kamailio.cfg"), config);
        proxy = start("kamailio", "kamailio", "-f", file.toString(), "-DD", "-E", "-Y", folder.toString(), "-m", "64");
        return started;
    }

    private static Process start(String name, String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.descendants().forEach(ProcessHandle::destroy);
            proxy.destroy();
            relay.destroy();
        }
        if (phone != null) {
            phone.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdes", "dtls"})
    void aPlainPhoneIsHeardThroughAnEncryptedRelay(String srtp) throws Exception {
        JsonObject host =
                new JsonObject().put("host", here).put("port", TLS_PORT).put("transport", "tls");
        JsonObject trunk = new JsonObject()
                .put("name", srtp)
                .put("hosts", new JsonArray(List.of(host)))
                .put("codecs", new JsonArray(List.of("PCMA")))
                .put("tls", new JsonObject().put("ca_pem", PKI.rootPem()))
                .put("srtp", srtp);
        HttpResponse<String> created = server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String id = server.call(new JsonObject()
                .put("to", Softphone.NUMBER)
                .put("trunk", srtp)
                .put("record", true)
                .put("play", new JsonObject().put("tone", "beep").put("loop", 4)));
        server.awaitEvent(id, "call.ended");
        assertThat(server.show(id).getString("status"))
                .as(server.show(id) + log("kamailio") + log("rtpengine"))
                .isEqualTo("completed");
        server.awaitEvent(id, "recording.completed");

        short[] heard = Recorded.inbound(server, id);
        assertThat(best(heard)).as("there and back").isGreaterThan(-30);
        assertThat(phone.log()).as("the phone's side is plain").doesNotContain("SRTP is Enabled");
    }

    private static String log(String name) throws Exception {
        return Files.readString(folder.resolve(name + ".log"));
    }

    /** The loudest half second. */
    private static double best(short[] samples) {
        double best = -120;
        for (int at = 0; at + RATE / 2 <= samples.length; at += RATE / 10) {
            best = Math.max(best, Goertzel.levelDb(samples, at, RATE / 2, OUR_HZ, RATE));
        }
        return best;
    }
}
