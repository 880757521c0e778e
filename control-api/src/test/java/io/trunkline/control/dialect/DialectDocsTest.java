package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages print runs as printed; only the port is the test server's. */
@ExtendWith(Lab.Door.class)
class DialectDocsTest {
    private static final Pattern SHELL = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "minivoice, '\"status\":\"dialing\"'",
        "cawme, '\"status\":\"QUEUED\"'",
        "wavix, '\"event_type\":\"call_setup\"'",
        "ryze, '\"duration\":2'",
        "vobiz, '\"has_more\":false'",
    })
    void theCurlOfEachPageRunsAsPrinted(String dialect, String answer, Lab lab, @TempDir Path folder) throws Exception {
        Path page = home().resolve("docs/dialects/" + dialect + ".md");
        String script = SHELL.matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("^```bash\n|```$", ""))
                .reduce("set -e\n", String::concat)
                .replace("http://127.0.0.1:8080", lab.address());
        assertThat(script).contains("curl ");
        Files.createDirectories(folder.resolve("data/keys"));
        Files.writeString(folder.resolve("data/keys/api"), RunningServer.KEY);
        Files.writeString(folder.resolve("data/keys/admin"), RunningServer.ADMIN_KEY);
        assertThat(run(script, folder)).contains(answer);
    }

    private static String run(String script, Path folder) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(shell.exitValue()).as(said).isZero();
        return said;
    }

    private static Path home() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("docs/dialects"))) {
                return folder;
            }
        }
        throw new IllegalStateException("docs/dialects is not above here");
    }
}
