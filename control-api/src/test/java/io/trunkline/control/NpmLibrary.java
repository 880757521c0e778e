package io.trunkline.control;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a test needs of npm, fetched once after its lock file: no dependency of the build. */
public final class NpmLibrary {
    private static final Path HOME = Path.of(System.getProperty("trunkline.home"));

    private NpmLibrary() {}

    /**
     * The folder with {@code node_modules}, and beside it what {@code src/test/<name>} holds; skips the test where it
     * cannot be had.
     */
    public static Path fetched(String name) throws IOException {
        Path library = HOME.resolve("control-api/target").resolve(name);
        Path whole = library.resolve("node_modules/.package-lock.json");
        copy(HOME.resolve("control-api/src/test").resolve(name), library);
        if (Files.notExists(whole)) {
            assumeTrue(fetch(library) && Files.exists(whole), "needs " + name + " from npm");
        }
        return library;
    }

    private static void copy(Path wanted, Path library) throws IOException {
        Files.createDirectories(library);
        try (Stream<Path> files = Files.list(wanted)) {
            for (Path file : files.toList()) {
                Files.copy(file, library.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean fetch(Path library) throws IOException {
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                    .directory(library.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0;
        } catch (IOException noNpm) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
