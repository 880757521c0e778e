package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.testing.RtpPeer;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program depends on fails by halves: what does not depend on it goes on. */
@Tag("full")
class FaultsTest {
    private static final JsonObject SHORT = new JsonObject().put("to", "+15550100013");

    @TempDir
    Path folder;

    /** Takes connections and says nothing, ever. */
    private static final class Mute implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> taken = new CopyOnWriteArrayList<>();

        Mute() throws IOException {
            Thread.ofVirtual().start(this::take);
        }

        private void take() {
            try {
                while (true) {
                    taken.add(door.accept());
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        int port() {
            return door.getLocalPort();
        }

        int taken() {
            return taken.size();
        }

        @Override
        public void close() throws IOException {
            door.close();
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }

    @Test
    void aTrunkThatTakesConnectionsAndNeverAnswersCostsItsOwnCallsAlone() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                Mute carrier = new Mute()) {
            Lines.make(server, "half-dead", carrier.port(), "tcp");
            long begun = System.nanoTime();
            String lost = server.call(Lines.by("half-dead"));
            RunningServer.await("the carrier was tried", () -> carrier.taken() > 0);
            completes(server);
            assertThat(server.show(lost).getValue("ended_at"))
                    .as("still being tried")
                    .isNull();
            JsonObject ended = server.awaitCall(lost, call -> call.getValue("ended_at") != null);
            assertThat(ended.getString("status")).isEqualTo("failed");
            assertThat(ended.getJsonObject("cause").getString("code")).contains("trunk");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
        }
    }

    @Test
    void aSlowTrunksCallIsCarriedAndNoOtherWaitsForIt() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                ScriptedPhone phone = new ScriptedPhone();
                RtpPeer peer = RtpPeer.onLoopback()) {
            Lines.make(server, "slow", phone.port(), "udp");
            String id = server.call(Lines.by("slow"));
            RawMessage invite = phone.expect("INVITE");
            phone.respond(invite, 100, "Trying", "");
            completes(server);
            phone.respond(invite, 180, "Ringing", "a");
            completes(server);
            phone.respond(invite, 200, "OK", "a", peer.sdp());
            phone.expect("ACK");
            assertThat(Lines.end(server, phone, id).getString("status")).isEqualTo("completed");
        }
    }

    @Test
    void aSpeechServerThatHangsCostsItsOwnSentenceAlone() throws Exception {
        try (Mute speech = new Mute();
                RunningServer server = new RunningServer(
                        folder,
                        Map.of(
                                "TRUNKLINE_SPEECH_ENGINE",
                                "http",
                                "TRUNKLINE_SPEECH_URL",
                                "http://127.0.0.1:" + speech.port()))) {
            String id = server.call(new JsonObject()
                    .put("to", "+15550100006")
                    .put("keep", true)
                    .put("say", new JsonObject().put("text", "Nobody will ever hear this.")));
            RunningServer.await("the speech server was asked", () -> speech.taken() > 0);
            completes(server);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            server.awaitEvent(id, "playback.finished");
            assertThat(finished(server, id)).containsEntry("reason", "failed").containsKey("detail");
            assertThat(server.post("/v1/calls/" + id + "/play", "{\"tone\": \"busy\"}")
                            .statusCode())
                    .isEqualTo(202);
            server.awaitEvent(id, "playback.started");
            server.delete("/v1/calls/" + id);
            assertThat(server.awaitCall(id, call -> call.getValue("ended_at") != null)
                            .getString("status"))
                    .isEqualTo("completed");
        }
    }

    private static Map<String, Object> finished(RunningServer server, String call) throws Exception {
        return server.events(call).stream()
                .filter(event -> event.getString("type").equals("playback.finished"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data")
                .getMap();
    }

    /** Another call, to the sandbox, goes its whole way. */
    private static void completes(RunningServer server) throws Exception {
        String id = server.call(SHORT);
        assertThat(server.awaitCall(id, call -> call.getValue("ended_at") != null)
                        .getString("status"))
                .isEqualTo("completed");
    }
}
