package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill -9 in the middle of a call: after the next start nothing that a client was told is missing. */
class KillNineTest {
    @TempDir
    Path folder;

    @Test
    void earlierCallsAreThereAndTheInterruptedOneHasItsEnd() throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            String done = server.call(new JsonObject().put("to", "+15550100003"));
            server.awaitEvent(done, "call.ended");
            String interrupted = server.call(new JsonObject()
                    .put("to", "+15550100001")
                    .put("record", true)
                    .put("metadata", new JsonObject()));
            server.awaitEvent(interrupted, "recording.started");
            TimeUnit.SECONDS.sleep(2); // something to lose
            List<String> told = types(server, interrupted);

            server.kill();
            server.start();

            assertThat(server.show(done).getString("status")).isEqualTo("busy");
            JsonObject call = server.show(interrupted);
            assertThat(call.getString("status")).isEqualTo("completed");
            assertThat(call.getJsonObject("cause").getString("code")).isEqualTo("node_restarted");
            List<String> now = types(server, interrupted);
            assertThat(now.subList(0, told.size())).isEqualTo(told);
            assertThat(now.subList(told.size(), now.size())).containsExactly("call.ended", "recording.recovered");
            String recording = call.getJsonArray("recordings").getString(0);
            byte[] audio =
                    server.bytes("/v1/recordings/" + recording + "/audio").body();
            assertThat(audio.length).as("at most one second lost of about two").isGreaterThan(32_000);
        }
    }

    private static List<String> types(RunningServer server, String callId) throws Exception {
        return server.events(callId).stream()
                .map(event -> event.getString("type"))
                .toList();
    }
}
