package io.trunkline.control.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A headless Chromium with one page: does what a user does, and writes down what a user would never see. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int POLL_MILLIS = 50;

    private final Path profile;
    private final Process process;
    private final DevTools tools;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong received = new AtomicLong();

    Browser(Path profile) throws IOException, InterruptedException {
        this.profile = profile;
        String program = program().orElseThrow();
        process = new ProcessBuilder(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--autoplay-policy=no-user-gesture-required",
                        "--use-fake-device-for-media-stream",
                        "--use-fake-ui-for-media-stream",
                        "--allow-loopback-in-peer-connection",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        tools = new DevTools(page());
        tools.listen(this::onEvent);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            tools.ask(domain + ".enable", new JsonObject());
        }
        size(1280, 860, false);
    }

    static void assumeInstalled() {
        assumeTrue(program().isPresent(), "needs chromium");
    }

    private static Optional<String> program() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private URI page() throws IOException, InterruptedException {
        Path port = profile.resolve("DevToolsActivePort");
        await("Chromium listens", () -> Files.exists(port) && lines(port) >= 2);
        URI create = URI.create("http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/new?about:blank");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String target = http.send(
                            HttpRequest.newBuilder(create)
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return URI.create(new JsonObject(target).getString("webSocketDebuggerUrl"));
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private void onEvent(JsonObject event) {
        JsonObject told = event.getJsonObject("params");
        switch (event.getString("method")) {
            case "Runtime.consoleAPICalled" -> {
                if (told.getString("type").matches("error|warning|assert")) {
                    complaints.add(told.getJsonArray("args").encode());
                }
            }
            case "Runtime.exceptionThrown" -> complaints.add(told.encode());
            case "Log.entryAdded" -> {
                if (told.getJsonObject("entry").getString("level").matches("error|warning")) {
                    complaints.add(told.getJsonObject("entry").encode());
                }
            }
            case "Network.requestWillBeSent" ->
                requests.add(told.getJsonObject("request").getString("url"));
            case "Network.loadingFinished" -> received.addAndGet((long) (double) told.getDouble("encodedDataLength"));
            default -> {}
        }
    }

    void size(int width, int height, boolean phone) {
        tools.ask(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", phone));
    }

    void dark(boolean dark) {
        tools.ask(
                "Emulation.setEmulatedMedia",
                new JsonObject()
                        .put(
                                "features",
                                List.of(new JsonObject()
                                        .put("name", "prefers-color-scheme")
                                        .put("value", dark ? "dark" : "light"))));
    }

    void open(String url) {
        tools.ask("Page.navigate", new JsonObject().put("url", url));
    }

    /** What an expression is worth; a promise is waited for. */
    Object eval(String expression) {
        JsonObject answer = tools.ask(
                "Runtime.evaluate",
                new JsonObject()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.getJsonObject("exceptionDetails"));
        }
        return Optional.ofNullable(answer.getJsonObject("result").getValue("value"))
                .orElse("");
    }

    /** Waits until an expression is true: how a user waits for something to appear. */
    void awaitTrue(String what, String expression) throws InterruptedException {
        await(what, () -> Boolean.TRUE.equals(eval("(async () => Boolean(await (" + expression + ")))()")));
    }

    void awaitText(String selector, String text) throws InterruptedException {
        awaitTrue(
                selector + " says " + text,
                "[...document.querySelectorAll(" + quoted(selector) + ")].some(one => one.textContent.includes("
                        + quoted(text) + "))");
    }

    void click(String selector) throws InterruptedException {
        String element = "document.querySelector(" + quoted(selector) + ")";
        awaitTrue(selector + " is there", element + " && !" + element + ".disabled");
        eval(element + ".click()");
    }

    /** Types as a keyboard does: into what has the focus. */
    void type(String selector, String text) throws InterruptedException {
        String element = "document.querySelector(" + quoted(selector) + ")";
        awaitTrue(selector + " is there", element);
        eval(element + ".focus(); " + element + ".select?.()");
        tools.ask("Input.insertText", new JsonObject().put("text", text));
    }

    void press(String key) {
        String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
        JsonObject press =
                new JsonObject().put("type", "keyDown").put("key", key).put("text", text);
        tools.ask("Input.dispatchKeyEvent", press);
        tools.ask(
                "Input.dispatchKeyEvent", new JsonObject().put("type", "keyUp").put("key", key));
    }

    /** The page as it looks, kept for people. */
    void screenshot(String name) throws IOException {
        Path folder = Path.of("target", "screenshots");
        Files.createDirectories(folder);
        String data = tools.ask("Page.captureScreenshot", new JsonObject().put("format", "png"))
                .getString("data");
        Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode(data));
    }

    /** Seconds that the page's thread was at work since it began. */
    double processorSeconds() {
        tools.ask("Performance.enable", new JsonObject());
        return tools.ask("Performance.getMetrics", new JsonObject()).getJsonArray("metrics").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals("TaskDuration"))
                .mapToDouble(one -> one.getDouble("value"))
                .max()
                .orElseThrow();
    }

    DevTools tools() {
        return tools;
    }

    long received() {
        return received.get();
    }

    /** Errors and warnings of the console, in the order they came; asking forgets them. */
    List<String> complaints() {
        List<String> told = new ArrayList<>(complaints);
        complaints.removeAll(told);
        return told;
    }

    void assertOnlyAsked(String origin) {
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url)
                        .satisfiesAnyOf(
                                one -> assertThat(one).startsWith(origin + "/"),
                                one -> assertThat(one).isEqualTo("about:blank")));
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    interface Condition {
        boolean holds();
    }

    private static void await(String what, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
