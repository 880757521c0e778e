package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.testing.RtpPeer;
import io.trunkline.sip.testing.ScriptedPhone;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of open files is reached while a call runs. */
@Tag("full")
class DescriptorsTest {
    private static final int PLENTY = 4096;
    private static final JsonObject SHORT = new JsonObject().put("to", "+15550100013");

    @TempDir
    Path folder;

    @Test
    void withoutDescriptorsNewCallsAreRefusedTheRunningOneGoesOnAndAllIsWellOnceThereAreSome() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit");
        try (RunningServer server = new RunningServer(folder, Map.of(), packed());
                ScriptedPhone phone = new ScriptedPhone();
                RtpPeer peer = RtpPeer.onLoopback()) {
            Lines.make(server, "running", phone.port(), "udp");
            String id = server.call(Lines.by("running")
                    .put("record", true)
                    .put("play", new JsonObject().put("tone", "busy:fr").put("loop", 0)));
            peer.towards(Lines.answer(phone, peer.sdp()).body());
            ended(server, server.call(SHORT)); // all that is opened but once has been
            limit(server, 3);
            Duration cpu = server.cpu();
            try (Speaker speaker = new Speaker(peer, 440)) {
                JsonObject failed = ended(server, server.call(Lines.by("running")));
                assertThat(failed.getJsonObject("cause").getString("code")).isEqualTo("no_media_ports");
                isRefused(server.post("/v1/calls", Lines.by("running").encode()));
                RunningServer.await("two seconds of sound", () -> speaker.millisSent() > 2000);
                peer.forget();
                RunningServer.await("the running call is heard", () -> peer.receive(1000) > 0);
            }
            assertThat(server.cpu().minus(cpu)).as("nothing spins").isLessThan(Duration.ofSeconds(20));
            assertThat(server.show(id).getString("status")).isEqualTo("in_progress");
            limit(server, PLENTY);
            RunningServer.await("calls are taken again", () -> isTaken(server));
            assertThat(Lines.end(server, phone, id).getString("status")).isEqualTo("completed");
            server.awaitEvent(id, "recording.completed");
            assertThat(Recorded.millisOf(Recorded.inbound(server, id), 440)).isGreaterThan(1500);
        }
    }

    private static void isRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("no_media_ports");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private static boolean isTaken(RunningServer server) {
        try {
            return server.post("/v1/calls", SHORT.encode()).statusCode() == 201;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject ended(RunningServer server, String call) throws Exception {
        return server.awaitCall(call, shown -> shown.getValue("ended_at") != null);
    }

    /** As people run it, from files that stay open: a class in a folder needs a descriptor when it is first used. */
    private String packed() {
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String packed = folder.resolve(path.size() + ".jar").toString();
            boolean pack = !entry.isEmpty() && Files.isDirectory(Path.of(entry));
            if (pack) {
                assertThat(jar.run(System.out, System.err, "-c", "-0", "-f", packed, "-C", entry, "."))
                        .isZero();
            }
            path.add(pack ? packed : entry);
        }
        return String.join(File.pathSeparator, path);
    }

    /** Files that are open stay open, whatever the limit is. */
    private static void limit(RunningServer server, int descriptors) throws Exception {
        String pid = Long.toString(server.process().pid());
        Process prlimit = new ProcessBuilder("prlimit", "--pid", pid, "--nofile=" + descriptors + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }
}
