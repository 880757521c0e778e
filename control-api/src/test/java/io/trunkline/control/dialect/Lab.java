package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RealtimeServer;
import io.trunkline.control.Recorded;
import io.trunkline.control.RunningServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The whole program, started once for all tests of dialects, and customers of it. */
public final class Lab implements AutoCloseable {
    private final RunningServer server;
    private final Optional<RealtimeServer> agents;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger names = new AtomicInteger();

    Lab(Path folder, Map<String, String> settings) throws Exception {
        this(folder, settings, Optional.empty());
    }

    private Lab(Path folder, Map<String, String> settings, Optional<RealtimeServer> agents) throws Exception {
        this.server = new RunningServer(folder, settings);
        this.agents = agents;
    }

    /** Gives tests the one lab. */
    public static final class Door implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Lab.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(Lab.class, lab -> open(), Lab.class);
        }

        private static Lab open() {
            try {
                RealtimeServer agents = new RealtimeServer(false, false);
                return new Lab(
                        Files.createTempDirectory("trunkline-dialects"),
                        Map.of("TRUNKLINE_AGENT_URL", agents.url()),
                        Optional.of(agents));
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    record Reply(int status, JsonObject json, HttpResponse<String> raw) {
        JsonObject error() {
            return json.getJsonObject("error");
        }
    }

    Reply send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            boolean object = response.body().startsWith("{");
            return new Reply(
                    response.statusCode(), object ? new JsonObject(response.body()) : new JsonObject(), response);
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The agent server that calls use when they name none. */
    RealtimeServer agents() {
        return agents.orElseThrow();
    }

    int sipPort() {
        return server.sipPort();
    }

    String address() {
        return "http://127.0.0.1:" + server.httpPort();
    }

    /** Something made by the operator. */
    JsonObject make(String path, JsonObject body) {
        Reply made = send("POST", path, body.encode(), "Authorization", "Bearer " + RunningServer.ADMIN_KEY);
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return made.json();
    }

    void change(String path, JsonObject body) {
        Reply changed = send("PATCH", path, body.encode(), "Authorization", "Bearer " + RunningServer.ADMIN_KEY);
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
    }

    String name(String what) {
        return what + "-" + names.incrementAndGet();
    }

    /** A customer of a dialect: an account of its own with an application, a key and somewhere to be told. */
    Customer customer(String dialect) {
        return customer(dialect, new JsonObject().put("caller_ids", "any"));
    }

    Customer customer(String dialect, JsonObject account) {
        String accountId =
                make("/v1/accounts", account.copy().put("name", name(dialect))).getString("id");
        Hooks hooks = new Hooks();
        String secret = "whsec_" + dialect + "_secret";
        String application = make(
                        "/v1/applications",
                        new JsonObject()
                                .put("account_id", accountId)
                                .put("name", name("app"))
                                .put("callback_url", hooks.url())
                                .put("caller_id", "+15550100000")
                                .put("webhook_secret", secret)
                                .put("dialect", dialect))
                .getString("id");
        return new Customer(this, dialect, accountId, application, key(application, dialect, null), hooks, secret);
    }

    String key(String application, String dialect, String line) {
        return make(
                        "/v1/applications/" + application + "/keys",
                        new JsonObject()
                                .put("name", name("key"))
                                .put("dialect", dialect)
                                .put("line", line))
                .getString("key");
    }

    /** A WebSocket whose messages are JSON. */
    WebSocket open(String path, List<JsonObject> seen, String... headers) {
        WebSocket.Listener listener = new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    seen.add(new JsonObject(text.toString()));
                    text.setLength(0);
                }
                socket.request(1);
                return null;
            }
        };
        WebSocket.Builder builder = http.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create(address().replace("http", "ws") + path), listener)
                .join();
    }

    /** Our own event log of a call. */
    List<String> awaitNative(String callId, String type) {
        String id = callId.startsWith("call_") ? callId : "call_" + callId;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            JsonArray items = nativeGet("/v1/calls/" + id + "/events").getJsonArray("items");
            List<String> types = items.stream()
                    .map(item -> ((JsonObject) item).getString("type"))
                    .toList();
            if (types.contains(type)) {
                return types;
            }
            assertThat(System.nanoTime()).as("no %s after %s", type, types).isLessThan(end);
            pause();
        }
    }

    /** As the operator sees it. */
    JsonObject nativeGet(String path) {
        return send("GET", path, "", "Authorization", "Bearer " + RunningServer.ADMIN_KEY)
                .json();
    }

    /** A call's own recordings, one side of one of them. */
    short[] recorded(String callId, int index, int channel) {
        String recording =
                nativeGet("/v1/calls/" + callId).getJsonArray("recordings").getString(index);
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/v1/recordings/" + recording + "/audio"))
                .header("Authorization", "Bearer " + RunningServer.ADMIN_KEY)
                .build();
        try {
            return Recorded.side(http.send(request, BodyHandlers.ofByteArray()).body(), channel);
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Two more seconds of sound come from the phone. */
    void awaitSound(String callId) {
        int then = packetsIn(callId);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (packetsIn(callId) < then + 100) {
            assertThat(System.nanoTime()).as("no sound").isLessThan(end);
            pause();
        }
    }

    private int packetsIn(String callId) {
        return nativeGet("/v1/calls/" + callId)
                .getJsonObject("quality", new JsonObject())
                .getInteger("packets_in", 0);
    }

    /** By the operator: a recording of what both sides say from here on. */
    void record(String callId) {
        command(callId, "record", new JsonObject());
    }

    /** By the operator: digits are sent on a call. */
    void press(String callId, String digits) {
        command(callId, "dtmf", new JsonObject().put("digits", digits));
    }

    private void command(String callId, String command, JsonObject body) {
        Reply taken = send(
                "POST",
                "/v1/calls/" + callId + "/" + command,
                body.encode(),
                "Authorization",
                "Bearer " + RunningServer.ADMIN_KEY,
                "Content-Type",
                "application/json");
        assertThat(taken.status()).as(taken.raw().body()).isEqualTo(202);
    }

    /** By the operator. */
    void hangup(String callId) {
        send("DELETE", "/v1/calls/" + callId, "", "Authorization", "Bearer " + RunningServer.ADMIN_KEY);
    }

    /** Our own events of a call, of one type, their data. */
    List<JsonObject> nativeEvents(String callId, String type) {
        return nativeGet("/v1/calls/" + callId + "/events").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(event -> event.getString("type").equals(type))
                .map(event -> event.getJsonObject("data"))
                .toList();
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50); // between two looks at a server in another process
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    @Override
    public void close() {
        http.shutdownNow(); // what a failed test left open would be waited for
        server.close();
        agents.ifPresent(RealtimeServer::close);
    }
}
