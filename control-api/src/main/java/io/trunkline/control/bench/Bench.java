package io.trunkline.control.bench;

import io.trunkline.control.cli.ThrowAwayServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server to measure, our own or another's, and the clients of its two keys. */
final class Bench implements AutoCloseable {
    private static final long START_SECONDS = 60;

    final Vertx vertx = Vertx.vertx();
    final Api api;
    final Api admin;
    final Optional<ServerCpu> cpu;
    private final Optional<ThrowAwayServer> own;

    private Bench(BenchOptions.Target target, Optional<ThrowAwayServer> own) {
        this.own = own;
        this.cpu = own.map(ServerCpu::new);
        this.api = new Api(vertx, target.url(), target.key());
        this.admin = new Api(vertx, target.url(), target.adminKey());
    }

    static Bench open(BenchOptions options) throws IOException, InterruptedException {
        if (options.server().isPresent()) {
            return new Bench(options.server().get(), Optional.empty());
        }
        ThrowAwayServer server = ThrowAwayServer.start(javaOptions(), Map.of("TRUNKLINE_SANDBOX", "off"));
        BenchOptions.Target target = new BenchOptions.Target(server.url(), server.key(), server.adminKey());
        Bench bench = new Bench(target, Optional.of(server));
        bench.awaitReady();
        return bench;
    }

    /** The launcher says how it would start a server on this machine. */
    private static List<String> javaOptions() {
        return Arrays.stream(System.getProperty("trunkline.server.options", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    private void awaitReady() throws IOException, InterruptedException {
        ThrowAwayServer server = own.orElseThrow();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady()) {
            if (!server.process().isAlive() || System.nanoTime() > end) {
                throw new IOException("the server did not start:\n"
                        + Files.readString(server.data().resolve("server.log")));
            }
            Thread.sleep(200);
        }
    }

    private boolean isReady() {
        try {
            return Api.await(api.get("/health/ready")).status() == 200;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    Map<String, Double> metrics() {
        return Exposition.parse(Api.await(admin.get("/metrics")).body().toString());
    }

    /** A trunk of our own for the numbers of the benchmark. */
    void addTrunk(int port, String prefix) {
        Api.ok(admin.post(
                "/v1/trunks",
                new JsonObject()
                        .put("name", "bench-" + port)
                        .put("prefixes", List.of(prefix))
                        .put("codecs", List.of("PCMU"))
                        .put(
                                "hosts",
                                List.of(new JsonObject()
                                        .put("host", "127.0.0.1")
                                        .put("port", port)))));
    }

    @Override
    public void close() {
        own.ifPresent(ThrowAwayServer::close);
        Api.await(vertx.close());
    }
}
