package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.control.keys.KeyRing;
import io.trunkline.control.store.DatabaseUrl;
import io.trunkline.control.store.EmbeddedPostgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls in, by the Kamailio configuration that we ship, over three real nodes of which one is killed in their middle. The
 * carrier is a Trunkline of its own: what its callers notice stands in its log.
 */
@Tag("full")
class KamailioFrontTest {
    private static final String NUMBER = "+15554440001";
    private static final int CALLS = 12;
    private static final int NODES = 3;

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static final List<RunningServer> nodes = new ArrayList<>();
    private static RunningServer carrier;
    private static Process kamailio;
    private static int front;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/kamailio")), "needs kamailio");
        postgres = EmbeddedPostgres.start(folder.resolve("database"));
        KeyRing.readOrMake(folder.resolve("keys"));
        for (int i = 0; i < NODES; i++) { // one after the other: a small machine starts none of four in time
            nodes.add(node(i));
        }
        carrier = begin("carrier", Map.of("TRUNKLINE_RTP_PORTS", "46000-47999"));
        front = freePort();
        kamailio = startKamailio();
        admin(nodes.getFirst(), "/v1/trunks", trunk("127.0.0.1:" + front));
        JsonObject tone = new JsonObject()
                .put("play", new JsonObject().put("tone", "ringback").put("loop", 500));
        admin(
                nodes.getFirst(),
                "/v1/numbers",
                new JsonObject().put("number", NUMBER).put("script", new JsonArray().add(tone)));
        admin(carrier, "/v1/trunks", trunk("127.0.0.1"));
    }

    private static RunningServer node(int index) throws Exception {
        int ports = 40_000 + index * 2_000;
        return begin(
                "node" + index,
                Map.of(
                        "TRUNKLINE_DATABASE_URL",
                        url(postgres.url()),
                        "TRUNKLINE_NODE_NAME",
                        "node" + index,
                        "TRUNKLINE_SECRETS_KEYS",
                        folder.resolve("keys").toString(),
                        "TRUNKLINE_RTP_PORTS",
                        ports + "-" + (ports + 1_999)));
    }

    private static RunningServer begin(String name, Map<String, String> settings) throws Exception {
        return new RunningServer(Files.createDirectories(folder.resolve(name)), settings);
    }

    private static String url(DatabaseUrl url) {
        return "postgresql://" + url.user() + ":" + url.password().orElseThrow().value() + "@127.0.0.1:" + url.port()
                + "/" + url.database() + "?sslmode=disable";
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What stands in config/deploy, with this machine's addresses in it. */
    private static Process startKamailio() throws IOException {
        Path list = Files.writeString(
                folder.resolve("dispatcher.list"),
                nodes.stream()
                        .map(node -> "1 sip:127.0.0.1:" + node.sipPort() + "\n")
                        .collect(Collectors.joining()));
        String shipped = Files.readString(
                Path.of(System.getProperty("trunkline.home", ".."), "config", "deploy", "kamailio.cfg"));
        Path config = Files.writeString(
                folder.resolve("kamailio.cfg"),
                shipped.replace("0.0.0.0:5060", "127.0.0.1:" + front)
                        .replace("/etc/kamailio/dispatcher.list", list.toString()));
        return new ProcessBuilder(
                        "kamailio",
                        "-f",
                        config.toString(),
                        "-DD",
                        "-E",
                        "-Y",
                        folder.toString(),
                        "-m",
                        "64",
                        "-M",
                        "8")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kamailio.log").toFile())
                .start();
    }

    private static JsonObject trunk(String allowed) {
        JsonObject host = new JsonObject().put("host", "127.0.0.1").put("port", front);
        return new JsonObject()
                .put("name", "front")
                .put("hosts", new JsonArray().add(host))
                .put("prefixes", new JsonArray().add("+1555444"))
                .put("allow_from", new JsonArray().add(allowed));
    }

    private static void admin(RunningServer server, String path, JsonObject body) throws Exception {
        HttpResponse<String> answer = server.post(path, body.encode(), RunningServer.ADMIN_KEY);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        if (kamailio != null) {
            kamailio.descendants().forEach(ProcessHandle::destroy);
            kamailio.destroy();
        }
        if (carrier != null) {
            carrier.close();
        }
        nodes.forEach(RunningServer::close);
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void aNodeKilledInTheMiddleTakesItsOwnCallsAlongAndNoOther() throws Exception {
        Set<String> found = new HashSet<>();
        RunningServer.await(
                "the proxy has found the nodes",
                () -> answers(() -> {
                    found.addAll(callsIn().keySet());
                    return found.size() == nodes.size();
                }));
        RunningServer.await("nothing is up", () -> active(nodes.getFirst()) == 0);
        List<String> before = dial(CALLS);
        Map<String, List<String>> byNode = callsIn();
        assertThat(byNode.keySet()).as("calls are spread").hasSizeGreaterThan(1);
        RunningServer victim =
                nodes.get(Integer.parseInt(byNode.keySet().iterator().next().substring("node".length())));
        String name = "node" + nodes.indexOf(victim);
        RunningServer other = nodes.get((nodes.indexOf(victim) + 1) % nodes.size());
        List<String> doomed = byNode.get(name);

        victim.kill();
        long killed = System.nanoTime();
        List<String> after = dial(CALLS / 2);
        for (String call : doomed) {
            JsonObject shown = other.awaitCall(call, now -> now.getString("ended_at") != null);
            assertThat(shown.getJsonObject("cause").getString("code")).isEqualTo("node_restarted");
        }
        assertThat(System.nanoTime() - killed).isLessThan(TimeUnit.SECONDS.toNanos(40));
        RunningServer.await(
                "the carrier hears that those are over", () -> over(before).size() >= doomed.size());
        assertThat(over(before)).as("and no other").hasSameSizeAs(doomed);
        assertThat(over(after)).as("calls that came later").isEmpty();

        List<String> survivors = new ArrayList<>(before);
        survivors.removeAll(over(before));
        survivors.addAll(after);
        assertThat(survivors).hasSizeGreaterThan(CALLS / 2);
        for (String call : survivors) {
            assertThat(carrier.delete("/v1/calls/" + call).statusCode()).isEqualTo(202);
        }
        RunningServer.await("every call in has its end", () -> active(other) == 0);

        victim.start();
        RunningServer.await(
                "it is given calls again", () -> answers(() -> callsIn().containsKey(name)));
    }

    private static List<String> dial(int calls) throws Exception {
        List<String> dialled = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            dialled.add(dial());
        }
        for (String call : dialled) {
            carrier.awaitCall(
                    call, shown -> !List.of("queued", "dialing", "ringing").contains(shown.getString("status")));
            assertThat(carrier.show(call).getString("status")).isEqualTo("in_progress");
        }
        return dialled;
    }

    private static String dial() {
        try {
            return carrier.call(
                    new JsonObject().put("to", NUMBER).put("trunk", "front").put("timeout", 30));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One call, asked about while it is up. */
    private static boolean answers(BooleanSupplier whileUp) {
        try {
            String call = dial();
            String status = carrier.awaitCall(
                            call,
                            shown -> !List.of("queued", "dialing", "ringing").contains(shown.getString("status")))
                    .getString("status");
            boolean so = "in_progress".equals(status) && whileUp.getAsBoolean();
            carrier.delete("/v1/calls/" + call);
            return so;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of the carrier's calls that have ended. */
    private static List<String> over(List<String> calls) {
        return calls.stream()
                .filter(call -> carrier.show(call).getString("ended_at") != null)
                .toList();
    }

    /** The calls in that are up, by the node that has them. */
    private static Map<String, List<String>> callsIn() {
        return inbound(nodes.stream()
                        .filter(node -> node.process().isAlive())
                        .findFirst()
                        .orElseThrow())
                .stream()
                .collect(Collectors.groupingBy(
                        call -> call.getString("node"),
                        Collectors.mapping(call -> call.getString("id"), Collectors.toList())));
    }

    private static int active(RunningServer node) {
        return inbound(node).size();
    }

    private static List<JsonObject> inbound(RunningServer node) {
        try {
            String body = node.get("/v1/calls?direction=inbound&status=active&limit=1000")
                    .body();
            return new JsonObject(body)
                    .getJsonArray("items").stream().map(JsonObject.class::cast).toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
