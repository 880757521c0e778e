package io.trunkline.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The whole program in a process of its own, and a client that talks to it as a user would. */
public final class RunningServer implements AutoCloseable {
    public static final String KEY = "tk_test_0123456789";
    public static final String ADMIN_KEY = "tka_test_0123456789";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int httpPort = freeTcpPort();
    private final int sipPort = freeUdpPort();
    private final Map<String, String> settings;
    private final String classPath;
    private Process process;

    public RunningServer(Path folder) throws Exception {
        this(folder, Map.of());
    }

    /** @param settings environment variables beside those that every test's server gets */
    public RunningServer(Path folder, Map<String, String> settings) throws Exception {
        this(folder, settings, System.getProperty("java.class.path"));
    }

    RunningServer(Path folder, Map<String, String> settings, String classPath) throws Exception {
        this.folder = folder;
        this.settings = settings;
        this.classPath = classPath;
        start();
    }

    void start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // as the launcher starts it where figures count; else so that it starts soon
                Boolean.getBoolean("measure.strict") ? "-XX:+UseZGC" : "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                classPath,
                Main.class.getName());
        builder.environment()
                .putAll(Map.of(
                        "TRUNKLINE_DATA", folder.resolve("data").toString(),
                        "TRUNKLINE_HTTP_PORT", Integer.toString(httpPort),
                        "TRUNKLINE_SIP_PORT", Integer.toString(sipPort),
                        "TRUNKLINE_API_KEY", KEY,
                        "TRUNKLINE_ADMIN_KEY", ADMIN_KEY));
        builder.environment().putAll(settings);
        if (settings.containsKey("TRUNKLINE_NODE_NAME")) {
            builder.environment().put("TRUNKLINE_NODE_URL", url());
        }
        Path log = folder.resolve("server.log");
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await("the server is ready", () -> ready() || failed(log));
    }

    public String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    public int sipPort() {
        return sipPort;
    }

    private boolean failed(Path log) {
        if (process.isAlive()) {
            return false;
        }
        try {
            throw new IllegalStateException("the server ended: " + Files.readString(log));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean ready() {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    Process process() {
        return process;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + key)
                .build();
        return http.send(get, BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> delete(String path, String key) throws IOException, InterruptedException {
        HttpRequest delete = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + key)
                .DELETE()
                .build();
        return http.send(delete, BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return http.send(request(path).DELETE().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return post(path, body, KEY);
    }

    /** What the program's processor time is so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public int httpPort() {
        return httpPort;
    }

    HttpResponse<String> post(String path, String body, String key) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(post, BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, JsonObject body) throws IOException, InterruptedException {
        HttpRequest.Builder put = request(path).header("Content-Type", "application/json");
        return http.send(
                put.PUT(HttpRequest.BodyPublishers.ofString(body.encode())).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + KEY);
    }

    /** Processor time that the program has used so far. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    String webSocket(String path) {
        return "ws://127.0.0.1:" + httpPort + path;
    }

    /** Places a call and returns its id. */
    public String call(JsonObject body) throws IOException, InterruptedException {
        HttpResponse<String> created = post("/v1/calls", body.encode());
        if (created.statusCode() != 201) {
            throw new IllegalStateException(created.statusCode() + " " + created.body());
        }
        return new JsonObject(created.body()).getString("id");
    }

    JsonObject show(String callId) {
        try {
            return new JsonObject(get("/v1/calls/" + callId).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject awaitCall(String callId, Predicate<JsonObject> condition) throws InterruptedException {
        await("call " + callId + " as expected", () -> condition.test(show(callId)));
        return show(callId);
    }

    public List<JsonObject> events(String callId) throws IOException, InterruptedException {
        JsonArray items = new JsonObject(get("/v1/calls/" + callId + "/events").body()).getJsonArray("items");
        return items.stream().map(JsonObject.class::cast).toList();
    }

    public List<String> awaitEvent(String callId, String type) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> types = events(callId).stream()
                    .map(event -> event.getString("type"))
                    .toList();
            if (types.contains(type)) {
                return types;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + type + " after " + types);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static int freeTcpPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freeUdpPort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            stopDatabase();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A program that was killed leaves its database to the next one; here there is none. */
    private void stopDatabase() {
        Path pid = folder.resolve("data/postgres/cluster/postmaster.pid");
        try {
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(
                                Files.readAllLines(pid).getFirst().strip()))
                        .ifPresent(ProcessHandle::destroy);
            }
        } catch (IOException | NumberFormatException gone) {
            // it has just ended by itself
        }
    }
}
