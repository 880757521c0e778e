package io.trunkline.sip.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** SIPp as a process, with a scenario of config/sipp. A test that uses it is skipped where SIPp is missing. */
public final class Sipp implements AutoCloseable {
    public final int port;
    private final Process process;
    private final Path folder;

    private Sipp(int port, Process process, Path folder) {
        this.port = port;
        this.process = process;
        this.folder = folder;
    }

    /** Takes calls, as many as told, and then ends. */
    public static Sipp callee(String scenario, int calls, String... more) {
        return start(newFolder(), scenario, calls, List.of(more), List.of());
    }

    /** The same in a folder of the test's, where the scenario finds the files that it names. */
    public static Sipp calleeIn(Path folder, String scenario, int calls, String... more) {
        return start(folder, scenario, calls, List.of(more), List.of());
    }

    /** Places calls to a port of loopback, as many as told. */
    public static Sipp caller(String scenario, int calls, int to, String... more) {
        return start(newFolder(), scenario, calls, List.of(more), List.of("127.0.0.1:" + to));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sipp");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sipp start(Path folder, String scenario, int calls, List<String> more, List<String> target) {
        Assumptions.assumeTrue(onPath("sipp"), "needs sipp");
        int port = FreePorts.next();
        try {
            List<String> command = new ArrayList<>(List.of(
                    "sipp",
                    "-sf",
                    file(scenario).toString(),
                    "-i",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    "-m",
                    Integer.toString(calls),
                    "-s",
                    "+15550100001",
                    "-nostdin",
                    "-trace_err",
                    "-timeout",
                    "120",
                    "-timeout_error"));
            command.addAll(more);
            command.addAll(target);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("screen.txt").toFile())
                    .start();
            return new Sipp(port, process, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String scenario) {
        return Path.of(System.getProperty("trunkline.home", ".."), "config", "sipp", scenario + ".xml")
                .toAbsolutePath();
    }

    public static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Waits for SIPp to end and demands that every call went as the scenario says. */
    public void succeeds() {
        try {
            if (!process.waitFor(130, TimeUnit.SECONDS)) {
                throw new AssertionError("SIPp did not end: " + errors());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("SIPp ended with " + process.exitValue() + ": " + errors());
        }
    }

    private String errors() {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String content = Files.readString(file);
                text.append(content, 0, Math.min(3000, content.length())).append('\n');
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
