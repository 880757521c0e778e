package io.trunkline.control.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The voices of the callees, in a process that the engine's own benchmarks bring. */
final class CalleeProcess implements AutoCloseable {
    private static final String PROGRAM = "io.trunkline.media.bench.Callee";

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final List<Integer> ports;

    /** What the callees heard; times in nanoseconds. */
    record Heard(long packets, long calls, Quantiles lateness, Quantiles interarrival) {}

    record Quantiles(long p50, long p99, long p999, long max) {}

    CalleeProcess() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PROGRAM)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        ports = Arrays.stream(words()).map(Integer::valueOf).toList();
    }

    List<Integer> ports() {
        return ports;
    }

    private String[] words() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the callees' process ended");
        }
        return line.substring(line.indexOf(' ') + 1).split(" ", -1);
    }

    /** What was heard until now is not counted. */
    void begin() {
        commands.println("begin");
    }

    Heard stop() throws IOException {
        commands.println("stop");
        long[] numbers = Arrays.stream(words()).mapToLong(Long::parseLong).toArray();
        return new Heard(numbers[0], numbers[1], quantiles(numbers, 2), quantiles(numbers, 6));
    }

    private static Quantiles quantiles(long[] numbers, int at) {
        return new Quantiles(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
