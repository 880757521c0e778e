package io.trunkline.control.console;

import io.trunkline.control.NpmLibrary;
import java.io.IOException;
import java.nio.file.Files;

/** The script of axe-core: it is no dependency of the build. */
final class AxeCore {
    private AxeCore() {}

    /** Skips the test where it cannot be had. */
    static String script() throws IOException {
        return Files.readString(NpmLibrary.fetched("axe").resolve("node_modules/axe-core/axe.min.js"));
    }
}
