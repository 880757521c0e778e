package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scanner that the Internet's SIP ports are searched with, against the whole program. */
@Tag("full")
class SipScanTest {
    private static final Path SCANNER = Path.of("/usr/bin/svmap");
    private static final Path WAR_DIALLER = Path.of("/usr/bin/svwar");

    @TempDir
    Path folder;

    @BeforeAll
    static void needed() {
        assumeTrue(Files.isExecutable(SCANNER) && Files.isExecutable(WAR_DIALLER), "needs sipvicious");
    }

    @Test
    void aScanAndASearchForExtensionsFindNothing() throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            assertThat(run(scan(server, "OPTIONS"))).doesNotContain("Trunkline").contains("found nothing");
            assertThat(run(scan(server, "INVITE"))).doesNotContain("Trunkline").contains("found nothing");
            assertThat(run(scan(server, "REGISTER")))
                    .doesNotContain("Trunkline")
                    .contains("found nothing");
            assertThat(run(List.of(
                            WAR_DIALLER.toString(),
                            "-b",
                            "127.0.0.9",
                            "-e100-120",
                            "-p",
                            String.valueOf(server.sipPort()),
                            "127.0.0.1")))
                    .doesNotContain("reqauth")
                    .doesNotContain("noauth");
        }
    }

    /** So that silence above means silence, and not a scanner that does not work. */
    @Test
    void theSameScanFindsAServerThatWasToldToAnswerStrangers() throws Exception {
        try (RunningServer server = new RunningServer(folder, Map.of("TRUNKLINE_SIP_ANSWER_STRANGERS", "on"))) {
            assertThat(run(scan(server, "OPTIONS"))).contains("127.0.0.1:" + server.sipPort());
        }
    }

    private static List<String> scan(RunningServer server, String method) {
        return List.of(
                SCANNER.toString(),
                "-b",
                "127.0.0.9",
                "-m",
                method,
                "-p",
                String.valueOf(server.sipPort()),
                "127.0.0.1");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
