package io.trunkline.control;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A headless Chromium with a microphone of our choice and one page, driven over its DevTools socket. */
public final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final HttpServer pages;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** A microphone that sings one tone for ever. */
    public static Path microphone(Path folder, int hz) throws IOException {
        byte[] samples = new byte[2 * 48_000 * 2];
        ByteBuffer out = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples.length / 2; i++) {
            out.putShort((short) (8000 * Math.sin(2 * Math.PI * hz * i / 48_000)));
        }
        Path file = folder.resolve("microphone.wav");
        AudioFormat format = new AudioFormat(48_000, 16, 1, true, false);
        try (AudioInputStream audio =
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2)) {
            AudioSystem.write(audio, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/chromium"));
    }

    /** @param microphone a WAV file that is spoken over and over */
    public Chromium(Path folder, Path microphone) throws Exception {
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>phone</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        pages.start();
        Path profile = Files.createDirectories(folder.resolve("chromium"));
        process = new ProcessBuilder(
                        "/usr/bin/chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--autoplay-policy=no-user-gesture-required",
                        "--allow-loopback-in-peer-connection",
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-audio-capture=" + microphone,
                        "http://127.0.0.1:" + pages.getAddress().getPort() + "/")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        socket = connect(profile.resolve("DevToolsActivePort"));
    }

    private WebSocket connect(Path portFile) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end) {
                String page = Files.exists(portFile) ? pageSocket(http, portFile) : "";
                if (!page.isEmpty()) {
                    return HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .buildAsync(URI.create(page), new Listener())
                            .get(10, TimeUnit.SECONDS);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IllegalStateException("Chromium did not open its DevTools port");
    }

    private static String pageSocket(HttpClient http, Path portFile) throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(portFile);
        if (lines.isEmpty()) {
            return "";
        }
        URI list = URI.create("http://127.0.0.1:" + lines.getFirst() + "/json/list");
        String body = http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                .body();
        return new JsonArray(body)
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(target -> target.getString("type").equals("page")
                                && target.getString("url").startsWith("http://127"))
                        .map(target -> target.getString("webSocketDebuggerUrl"))
                        .findFirst()
                        .orElse("");
    }

    /** Puts a fresh phone into the page: {@code phone} in expressions. */
    public void openPhone() throws Exception {
        RunningServer.await("the page is there", this::mayListen);
        try (var script = Chromium.class.getResourceAsStream("/browser-phone.js")) {
            evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; true");
        }
    }

    /** A page that is still on its way has no microphone. */
    private boolean mayListen() {
        try {
            return Boolean.TRUE.equals(
                    evaluate("Boolean(navigator.mediaDevices) && document.readyState === 'complete'"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a JavaScript expression, awaited where it is a promise. */
    public Object evaluate(String expression) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        JsonObject params = new JsonObject()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true)
                .put("userGesture", true);
        socket.sendText(
                        new JsonObject()
                                .put("id", id)
                                .put("method", "Runtime.evaluate")
                                .put("params", params)
                                .encode(),
                        true)
                .get(10, TimeUnit.SECONDS);
        JsonObject result = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getJsonObject("result");
        if (result.containsKey("exceptionDetails")) {
            throw new AssertionError(result.getJsonObject("exceptionDetails").encodePrettily());
        }
        return result.getJsonObject("result").getValue("value");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonObject message = new JsonObject(text.toString());
                text.setLength(0);
                CompletableFuture<JsonObject> waiting = answers.remove(message.getInteger("id", 0));
                if (waiting != null) {
                    waiting.complete(message);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** As by a crash: it says nothing to anybody. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        pages.stop(0);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
