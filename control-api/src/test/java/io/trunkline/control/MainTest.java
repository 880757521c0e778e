package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program as a process of its own, as the launcher starts it. */
class MainTest {
    private static final Pattern API = Pattern.compile("API +(http\\S+)/v1");

    @TempDir
    Path folder;

    private Process program;

    @AfterEach
    void stop() throws Exception {
        if (program != null) {
            program.destroy();
            program.waitFor(30, TimeUnit.SECONDS);
            program.destroyForcibly();
        }
    }

    @Test
    void servesThenStopsCleanlyOnSigtermWithTheDatabaseLast() throws Exception {
        program = start(Map.of());
        URI api = awaitGreeting();
        assertThat(status(api.resolve("/health/live"))).isEqualTo(200);
        assertThat(status(api.resolve("/health/ready"))).isEqualTo(200);

        program.destroy();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).as(errors()).isZero();
        assertThat(folder.resolve("data/postgres/cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void aSecondProgramLeavesTheDataFolderAlone() throws Exception {
        program = start(Map.of());
        URI api = awaitGreeting();
        Process second = start(Map.of());
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(2);
        assertThat(errors()).contains("in use by another trunkline (process " + program.pid() + ")");
        assertThat(status(api.resolve("/health/ready"))).isEqualTo(200);
    }

    @Test
    void startsAgainAfterKillNineWithTheSameKeys() throws Exception {
        program = start(Map.of());
        URI first = awaitGreeting();
        assertThat(status(first.resolve("/health/ready"))).isEqualTo(200);
        String key = Files.readString(folder.resolve("data/keys/api"));
        program.destroyForcibly().waitFor();

        program = start(Map.of());
        assertThat(status(awaitGreeting().resolve("/health/ready"))).isEqualTo(200);
        assertThat(Files.readString(folder.resolve("data/keys/api"))).isEqualTo(key);
    }

    @Test
    void aMistakeInTheConfigurationEndsTheStartInOneSentence() throws Exception {
        program = start(Map.of("TRUNKLINE_SIP_PROT", "1"));
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(2);
        assertThat(errors())
                .contains("trunkline: environment: unknown variable TRUNKLINE_SIP_PROT; did you mean")
                .doesNotContain("\tat ");
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TRUNKLINE_"));
        builder.environment()
                .putAll(Map.of(
                        "TRUNKLINE_HOME", folder.toString(),
                        "TRUNKLINE_DATA", folder.resolve("data").toString(),
                        "TRUNKLINE_BIND", "127.0.0.1",
                        "TRUNKLINE_HTTP_PORT", "0",
                        "TRUNKLINE_SIP_PORT", "0",
                        "TRUNKLINE_RTP_PORTS", "31000-31999"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private URI awaitGreeting() throws IOException {
        StringBuilder seen = new StringBuilder();
        String line = program.inputReader().readLine();
        while (line != null) {
            seen.append(line).append('\n');
            Matcher matcher = API.matcher(line);
            if (matcher.find()) {
                return URI.create(matcher.group(1));
            }
            line = program.inputReader().readLine();
        }
        throw new AssertionError("no greeting:\n" + seen + errors());
    }

    private static int status(URI uri) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }
}
