package io.trunkline.control;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program under Node that listens on a port of its own, is ordered about by lines of JSON and tells in the same way. */
final class NodeProgram implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    /** @param lines what it tells, each an object of one field, on a thread of the program's */
    NodeProgram(Path folder, Consumer<JsonObject> lines, String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        process = start(new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true));
        Thread.ofVirtual().start(() -> read(lines));
    }

    private static Process start(ProcessBuilder node) {
        try {
            return node.start();
        } catch (IOException noNode) {
            assumeTrue(false, "needs node");
            throw new UncheckedIOException(noNode);
        }
    }

    private void read(Consumer<JsonObject> lines) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                JsonObject told = line.startsWith("{") ? new JsonObject(line) : new JsonObject().put("error", line);
                if (told.containsKey("port")) {
                    port.complete(told.getInteger("port"));
                } else {
                    lines.accept(told);
                }
            }
        } catch (IOException ended) {
            port.completeExceptionally(ended);
        }
    }

    int port() {
        return port.orTimeout(30, TimeUnit.SECONDS).join();
    }

    void order(JsonObject order) {
        try {
            process.getOutputStream().write((order.encode() + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
