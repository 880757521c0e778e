package io.trunkline.control.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of the machine: installed, or running. */
final class Programs {
    private Programs() {}

    static boolean isInstalled(String name) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    static boolean isRunning(String name) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().command().orElse(""))
                .anyMatch(command -> command.endsWith("/" + name));
    }
}
