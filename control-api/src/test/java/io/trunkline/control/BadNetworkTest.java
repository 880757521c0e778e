package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.testing.RtpPeer;
import io.trunkline.sip.testing.ScriptedPhone;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call over a network that loses a fifth of the packets each way and shuffles the rest. */
@Tag("full")
class BadNetworkTest {
    private static final double LOSS = 0.2;
    private static final int MOST_DELAY_MS = 60;
    private static final int TALK_MS = 10_000;
    private static final double OURS_HZ = 440;
    private static final double THEIRS_HZ = 700;

    @TempDir
    Path folder;

    @Test
    void theCallLivesBothSidesAreHeardAndTheQualityIsTold() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                ScriptedPhone phone = new ScriptedPhone();
                RtpPeer peer = RtpPeer.onLoopback();
                BadNetwork network = new BadNetwork(LOSS, MOST_DELAY_MS, peer.port())) {
            String id = talk(server, phone, peer, network);
            JsonObject quality = server.show(id).getJsonObject("quality");
            JsonObject ended = Lines.end(server, phone, id);
            assertThat(network.lost()).as("the network is a bad one").isGreaterThan(network.passed() / 6);
            assertThat(ended.getString("status")).isEqualTo("completed");
            assertThat(quality.getDouble("loss_in")).as(quality.encode()).isBetween(LOSS / 2, 2 * LOSS);
            assertThat(quality.getDouble("mos")).as(quality.encode()).isLessThan(3.5);
            assertThat(server.get("/v1/calls/" + id + "/diagnosis").body()).contains("lost");
            server.awaitEvent(id, "recording.completed");
            assertThat(Recorded.millisOf(Recorded.inbound(server, id), THEIRS_HZ))
                    .as("of the phone's tone")
                    .isGreaterThan(0.7 * TALK_MS);
            assertThat(Recorded.millisOf(peer.heard(), OURS_HZ))
                    .as("of our tone at the phone, which is silent half of the time")
                    .isGreaterThan(0.3 * TALK_MS);
        }
    }

    private static String talk(RunningServer server, ScriptedPhone phone, RtpPeer peer, BadNetwork network)
            throws Exception {
        Lines.make(server, "bad", phone.port(), "udp");
        String id = server.call(Lines.by("bad")
                .put("record", new JsonObject().put("channels", "dual"))
                .put("play", new JsonObject().put("tone", "busy:fr").put("loop", 0)));
        String through = peer.sdp()
                .replace(
                        "m=audio " + peer.port(), "m=audio " + network.address().getPort());
        peer.towards(Lines.answer(phone, through).body());
        network.towards(peer.remote());
        peer.towards(network.address());
        try (Speaker speaker = new Speaker(peer, THEIRS_HZ)) {
            RunningServer.await("they have talked", () -> {
                peer.receive(20);
                return speaker.millisSent() > TALK_MS;
            });
        }
        return id;
    }
}
