package io.trunkline.control.cli;

import io.trunkline.control.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server for one call or one measurement: free ports, a data folder that is deleted afterwards, the sandbox as its carrier. */
public final class ThrowAwayServer implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path data;
    private final int port;
    private final String key;

    private ThrowAwayServer(Process process, Path data, int port, String key) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.key = key;
    }

    static ThrowAwayServer start() throws IOException {
        return start(ManagementFactory.getRuntimeMXBean().getInputArguments(), Map.of());
    }

    /** @param settings environment variables beside, or instead of, those that keep it to itself */
    public static ThrowAwayServer start(List<String> javaOptions, Map<String, String> settings) throws IOException {
        Path data = Files.createTempDirectory("trunkline-throw-away");
        int port = freePort();
        String key = UUID.randomUUID().toString();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("server.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "TRUNKLINE_DATA",
                        data.toString(),
                        "TRUNKLINE_BIND",
                        "127.0.0.1",
                        "TRUNKLINE_HTTP_PORT",
                        Integer.toString(port),
                        "TRUNKLINE_SIP_PORT",
                        Integer.toString(freePort()),
                        "TRUNKLINE_SIP_TLS_PORT",
                        "0",
                        "TRUNKLINE_API_KEY",
                        key,
                        "TRUNKLINE_ADMIN_KEY",
                        adminKey(key)));
        builder.environment().putAll(settings);
        ThrowAwayServer server = new ThrowAwayServer(builder.start(), data, port, key);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "throw-away-server"));
        return server;
    }

    private static String adminKey(String key) {
        return "admin-" + key;
    }

    public String adminKey() {
        return adminKey(key);
    }

    public Path data() {
        return data;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public String key() {
        return key;
    }

    void awaitReady(ApiClient api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!api.isUp()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new ServerTrouble("the server did not start:\n" + Files.readString(data.resolve("server.log")));
            }
        }
    }

    /** Also run when the program is interrupted; the second time there is nothing left to do. */
    @Override
    public synchronized void close() {
        if (Files.notExists(data)) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new ServerTrouble("its data folder " + data + " cannot be deleted: " + e.getMessage());
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
