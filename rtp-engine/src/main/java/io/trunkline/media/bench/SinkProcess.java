package io.trunkline.media.bench;

import io.trunkline.media.Codec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The sink's process, seen from the benchmark. */
final class SinkProcess implements AutoCloseable {
    /** What the sink counted. */
    record Result(long received, long sent, Quantiles interarrival, Quantiles grid) {}

    /** Nanoseconds. */
    record Quantiles(long p50, long p99, long p999, long max) {}

    private static final int PTIME_MILLIS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final List<Integer> ports = new ArrayList<>();

    SinkProcess(int calls, Codec codec, boolean srtp) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseZGC",
                        "-Xms256m",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sink.class.getName(),
                        String.valueOf(calls),
                        String.valueOf(payloadType(codec)),
                        String.valueOf(payloadBytes(codec)),
                        String.valueOf(codec.clockRate() * PTIME_MILLIS / 1000),
                        String.valueOf(srtp))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        String[] words = answer();
        for (int i = 1; i < words.length; i++) {
            ports.add(Integer.parseInt(words[i]));
        }
    }

    static int payloadType(Codec codec) {
        return switch (codec) {
            case PCMU -> 0;
            case PCMA -> 8;
            case G722 -> 9;
            case L16 -> 96;
            case OPUS -> 111;
        };
    }

    private static int payloadBytes(Codec codec) {
        return switch (codec) {
            case PCMU, PCMA, G722 -> 160;
            case L16 -> 640;
            case OPUS -> 80;
        };
    }

    private String[] answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the sink ended");
        }
        return line.split(" ", -1);
    }

    int port(int call) {
        return ports.get(call);
    }

    void go() {
        commands.println("go");
    }

    /** Arrival times do not count from here on; packets still do. */
    void pause() {
        commands.println("pause");
    }

    Result stop() throws IOException {
        commands.println("stop");
        long[] numbers =
                Arrays.stream(answer()).skip(1).mapToLong(Long::parseLong).toArray();
        return new Result(numbers[0], numbers[1], quantiles(numbers, 2), quantiles(numbers, 6));
    }

    private static Quantiles quantiles(long[] numbers, int at) {
        return new Quantiles(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
