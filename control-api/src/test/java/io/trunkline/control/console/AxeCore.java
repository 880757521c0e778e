package io.trunkline.control.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** The script of axe-core, fetched once by npm after its lock file: it is no dependency of the build. */
final class AxeCore {
    private static final Path HOME = Path.of(System.getProperty("trunkline.home"));
    private static final Path LIBRARY = HOME.resolve("control-api/target/axe");
    private static final Path SCRIPT = LIBRARY.resolve("node_modules/axe-core/axe.min.js");

    private AxeCore() {}

    /** Skips the test where it cannot be had. */
    static String script() throws IOException {
        if (Files.notExists(SCRIPT)) {
            assumeTrue(fetch(), "needs axe-core from npm");
        }
        return Files.readString(SCRIPT);
    }

    private static boolean fetch() throws IOException {
        Path wanted = HOME.resolve("control-api/src/test/axe");
        Files.createDirectories(LIBRARY);
        for (String name : new String[] {"package.json", "package-lock.json"}) {
            Files.copy(wanted.resolve(name), LIBRARY.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                    .directory(LIBRARY.toFile())
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
