package io.trunkline.control.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.events.EventLog;
import io.trunkline.control.events.FetchPolicy;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.events.WebhookForms;
import io.trunkline.control.events.WebhookPost;
import io.trunkline.control.events.WebhookSender;
import io.trunkline.control.recording.Vault;
import io.trunkline.control.speech.Voices;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.MoneyHolds;
import io.trunkline.control.store.PgCallStore;
import io.trunkline.control.store.TestStorage;
import io.trunkline.control.store.WebhookLanes;
import io.trunkline.control.stream.Pulse;
import io.trunkline.control.stream.SocketDialer;
import io.trunkline.control.stream.StreamService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The whole API over a real database and real sockets; only the phone behind it is made up. */
public final class ApiFixture implements AutoCloseable {
    private final TestStorage storage = new TestStorage();
    private final HttpClient client = HttpClient.newHttpClient();
    private final StandInCalls calls;
    private final PgCallStore store;
    private final WebhookSender webhooks;
    private final ScriptParser scripts;
    private final int port;

    public ApiFixture() {
        this(Optional.empty(), Optional.empty());
    }

    ApiFixture(Optional<HttpConfig.Certificate> certificate, Optional<RateLimit> perKey) {
        EventLog log = new EventLog(storage.vertx(), new EventQueries(storage.pool()));
        var node = storage.claim("n1");
        store = new PgCallStore(
                storage.vertx(),
                storage.pool(),
                node,
                MoneyHolds.NONE,
                log,
                storage.folder().resolve("journal"));
        calls = new StandInCalls(store);
        UrlGuard guard = new UrlGuard(storage.vertx(), FetchPolicy.loopback());
        webhooks = new WebhookSender(
                storage.vertx(),
                new WebhookLanes(storage.pool(), storage.secrets()),
                new WebhookPost(storage.vertx(), guard),
                WebhookForms.NATIVE,
                Clock.systemUTC());
        log.listen(events -> webhooks.wake());
        TestStorage.await(webhooks.start());
        ApiServer server = new ApiServer(new ApiServer.Parts(
                storage.vertx(),
                storage.pool(),
                storage.secrets(),
                node,
                calls,
                log,
                webhooks::wake,
                guard,
                new StreamService(
                        storage.vertx(),
                        new Pulse(storage.vertx()),
                        new SocketDialer(storage.vertx(), guard),
                        id -> Future.succeededFuture(List.of()),
                        Clock.systemUTC()),
                new AudioFiles(storage.folder().resolve("audio")),
                new AudioForms(new Vault(
                        storage.folder().resolve("recordings"),
                        storage.folder().resolve("opened"),
                        Optional.empty(),
                        Optional.empty(),
                        Clock.systemUTC())),
                store,
                new StandInTrunks(),
                new StandInTraces(),
                new LinkSigner("a secret of this test", Clock.systemUTC()),
                new Voices(List.of(new StandInVoice()), Optional.empty()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List.of(new HealthCheck("always", () -> Future.succeededFuture(Optional.empty()))),
                SideRoutes.NONE,
                () -> true,
                Peers.NONE,
                perKey,
                Clock.systemUTC()));
        scripts = server.scripts();
        port = TestStorage.await(server.start(new HttpConfig(List.of("127.0.0.1"), 0, 1, certificate)));
    }

    public TestStorage storage() {
        return storage;
    }

    StandInCalls calls() {
        return calls;
    }

    ScriptParser scripts() {
        return scripts;
    }

    public PgCallStore store() {
        return store;
    }

    public int port() {
        return port;
    }

    public CallSnapshot.Owner owner() {
        return new CallSnapshot.Owner(storage.idOf("accounts", "default"), storage.idOf("applications", "default"));
    }

    /** An answer, read whole. */
    record Reply(int status, JsonObject json, HttpResponse<String> raw) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        String code() {
            return json.getString("code");
        }
    }

    Reply post(String path, String body) {
        return send(request(path, TestStorage.API_KEY).POST(BodyPublishers.ofString(body)));
    }

    Reply post(String path, JsonObject body, String key, String... headers) {
        HttpRequest.Builder request = request(path, key).POST(BodyPublishers.ofString(body.encode()));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Reply get(String path) {
        return send(request(path, TestStorage.API_KEY).GET());
    }

    Reply call(String method, String path, String key, JsonObject body) {
        return send(request(path, key).method(method, BodyPublishers.ofString(body.encode())));
    }

    HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json")
                            && response.body().startsWith("{");
            return new Reply(
                    response.statusCode(), json ? new JsonObject(response.body()) : new JsonObject(), response);
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdownNow(); // feeds that a failed test left open would be waited for
        storage.close();
    }
}
