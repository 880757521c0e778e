package io.trunkline.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Programs of the system that tests take as a second opinion; a test that needs a missing one is skipped. */
public final class Program {
    private Program() {}

    public static void needs(String name) {
        assumeTrue(isInstalled(name), "needs " + name);
    }

    public static boolean isInstalled(String name) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Runs it with {@code input} on standard input and gives its standard output. */
    public static byte[] filter(byte[] input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread writer = Thread.ofVirtual().start(() -> {
            try (OutputStream out = process.getOutputStream()) {
                out.write(input);
            } catch (IOException e) {
                process.destroy();
            }
        });
        byte[] output = process.getInputStream().readAllBytes();
        writer.join();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " ended with " + process.exitValue());
        }
        return output;
    }
}
