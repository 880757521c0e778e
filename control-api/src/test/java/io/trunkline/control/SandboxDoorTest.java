package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox is a trunk on loopback, and other programs of the machine are not the sandbox. */
class SandboxDoorTest {
    @TempDir
    private Path folder;

    @Test
    void anotherProgramOfTheMachineIsNotTakenForTheSandbox() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                ScriptedPhone program = new ScriptedPhone()) {
            program.peer(server.sipPort());
            program.invite("sip:+15550100000@127.0.0.1:" + server.sipPort(), "program-1", 1, Sdps.offer(50000));
            program.expectNothing(Duration.ofMillis(500));
            assertThat(server.get("/v1/calls?direction=inbound").body()).contains("\"items\":[]");
        }
    }
}
