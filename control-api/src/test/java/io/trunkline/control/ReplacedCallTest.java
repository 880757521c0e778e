package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.RtpPeer;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another phone takes the place of the one we talk to (RFC 3891), by the whole program: what it hears, what is told. */
class ReplacedCallTest {
    private static final int RATE = 8000;
    private static final int BEEP_HZ = 1000;

    @TempDir
    private Path folder;

    @Test
    void theCallGoesOnWithTheOtherPhoneWhichHearsAndIsHeard() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                ScriptedPhone ann = new ScriptedPhone();
                ScriptedPhone bob = new ScriptedPhone();
                RtpPeer annsSound = RtpPeer.onLoopback();
                RtpPeer bobsSound = RtpPeer.onLoopback()) {
            trunk(server, ann.port());
            String id = server.call(new JsonObject()
                    .put("to", "+4930123456")
                    .put("trunk", "carrier")
                    .put("play", new JsonObject().put("tone", "beep").put("loop", 500)));
            RawMessage invite = ann.expect("INVITE");
            ann.respond(invite, 200, "OK", "ann", annsSound.sdp());
            ann.expect("ACK");
            assertThat(hears(annsSound)).isTrue();

            bob.peer(server.sipPort());
            bob.invite(
                    "sip:us@127.0.0.1:" + server.sipPort(),
                    "bob-1",
                    1,
                    bobsSound.sdp(),
                    "Replaces: " + invite.header("Call-ID") + ";to-tag=" + invite.fromTag() + ";from-tag=ann");
            RawMessage ok = bob.expectFinal(200);
            bob.requestAsCaller(ok, "ACK", 1, "");
            ann.respond(ann.expect("BYE"), 200, "OK", "");
            assertThat(hears(bobsSound)).isTrue();
            annsSound.receive(300);
            annsSound.forget();
            assertThat(annsSound.receive(500))
                    .as("packets to the one that left")
                    .isZero();
            isHeard(server, id, bobsSound, ok.body());

            assertThat(server.awaitEvent(id, "transfer.replaced")).doesNotContain("call.ended");
            assertThat(replaced(server, id).getString("from")).isEqualTo("+15557654321");
            server.delete("/v1/calls/" + id);
            bob.respond(bob.expect("BYE"), 200, "OK", "");
            server.awaitEvent(id, "call.ended");
            assertThat(server.show(id).getString("status")).isEqualTo("completed");
        }
    }

    private static void trunk(RunningServer server, int port) throws Exception {
        JsonObject host = new JsonObject().put("host", "127.0.0.1").put("port", port);
        JsonObject trunk = new JsonObject()
                .put("name", "carrier")
                .put("hosts", new JsonArray().add(host))
                .put("codecs", new JsonArray().add("PCMA"));
        assertThat(server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(201);
    }

    /** Half a second of the tone that is played. */
    private static boolean hears(RtpPeer sound) {
        for (int i = 0; i < 200 && sound.heard().length < RATE; i++) {
            sound.receive(50);
        }
        short[] heard = sound.heard();
        int half = RATE / 2;
        return heard.length >= half && Goertzel.levelDb(heard, heard.length - half, half, BEEP_HZ, RATE) > -30;
    }

    private static void isHeard(RunningServer server, String id, RtpPeer sound, String answer) throws Exception {
        sound.towards(answer);
        int before = packetsIn(server, id);
        RunningServer.await("what it says arrives", () -> {
            sound.sendAudio(new short[160], 0, 160);
            return packetsIn(server, id) > before;
        });
    }

    private static int packetsIn(RunningServer server, String id) {
        JsonObject quality = server.show(id).getJsonObject("quality");
        return quality == null ? 0 : quality.getInteger("packets_in", 0);
    }

    private static JsonObject replaced(RunningServer server, String id) throws Exception {
        return server.events(id).stream()
                .filter(event -> event.getString("type").equals("transfer.replaced"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data");
    }
}
