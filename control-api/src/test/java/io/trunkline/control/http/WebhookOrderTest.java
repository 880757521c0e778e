package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks to real receivers that fail in their several ways: order, completeness, independence, signatures. */
class WebhookOrderTest {
    /** An address of loopback that nobody else uses, so that a port is still free when its receiver comes back. */
    private static final String HOST = "127.77.3.1";

    private static final int EVENTS = 8;
    private static ApiFixture api;

    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void closeReceivers() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void aReceiverThatWasDownGetsEveryEventInOrderOnceItIsBack() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            port = gone.getLocalPort();
        }
        List<String> calls = List.of(call(port), call(port), call(port));
        for (String call : calls) {
            happen(call);
        }
        Receiver back = receiver(port, 200);
        until(() -> calls.stream().allMatch(call -> back.seqs(call).contains((long) EVENTS + 1)));
        for (String call : calls) {
            assertThat(back.seqs(call).stream().distinct())
                    .as("first deliveries of %s", call)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, EVENTS + 1).boxed().toList());
        }
    }

    @Test
    void aReceiverThatFailsDelaysNoOther() throws Exception {
        Receiver failing = receiver(0, 500);
        Receiver sound = receiver(0, 200);
        String bad = call(failing.port());
        String good = call(sound.port());
        happen(bad);
        happen(good);
        until(() -> sound.seqs(good).size() >= EVENTS + 1);
        assertThat(sound.seqs(good)).isSorted();
        assertThat(failing.seqs(bad)).as("only the head of the line is tried").containsOnly(1L);
        failing.answer = 200;
        until(() -> failing.seqs(bad).contains((long) EVENTS + 1));
        assertThat(failing.seqs(bad).stream().distinct()).isSorted();
    }

    @Test
    void whileASecretIsChangedBothSign() throws Exception {
        Receiver receiver = receiver(0, 200);
        String application = "/v1/applications/" + api.owner().applicationId();
        api.call(
                "PATCH",
                application,
                TestStorage.ADMIN_KEY,
                new JsonObject().put("webhook_secret", "first-secret-0123456789"));
        api.call(
                "PATCH",
                application,
                TestStorage.ADMIN_KEY,
                new JsonObject().put("webhook_secret", "second-secret-012345678"));
        String call = call(receiver.port());
        until(() -> !receiver.seqs(call).isEmpty());
        Delivery delivery = receiver.taken.getFirst();
        String time = delivery.signature().replaceAll("t=(\\d+),.*", "$1");
        assertThat(delivery.signature())
                .contains("v1=" + hmac("first-secret-0123456789", time + "." + delivery.body()))
                .contains("v1=" + hmac("second-secret-012345678", time + "." + delivery.body()));
    }

    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String call(int port) {
        JsonObject body =
                new JsonObject().put("to", "+15550100001").put("callback_url", "http://" + HOST + ":" + port + "/hook");
        return api.post("/v1/calls", body, TestStorage.API_KEY).json().getString("id");
    }

    private static void happen(String call) {
        for (int i = 0; i < EVENTS; i++) {
            api.calls()
                    .happen(call, "dtmf.received", Map.of("digit", "1"))
                    .toCompletableFuture()
                    .join();
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for deliveries").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private record Delivery(String callId, long seq, String signature, String body) {}

    private Receiver receiver(int port, int answer) throws IOException {
        Receiver receiver = new Receiver(HttpServer.create(new InetSocketAddress(HOST, port), 50), answer);
        servers.add(receiver.server);
        return receiver;
    }

    private static final class Receiver {
        private final HttpServer server;
        private final List<Delivery> taken = new CopyOnWriteArrayList<>();
        private volatile int answer;

        Receiver(HttpServer server, int answer) {
            this.server = server;
            this.answer = answer;
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/hook", this::take);
            server.start();
        }

        private void take(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonObject event = new JsonObject(body);
            String signature = exchange.getRequestHeaders().getFirst("Trunkline-Signature");
            taken.add(new Delivery(event.getString("call_id"), event.getLong("seq"), signature, body));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        }

        int port() {
            return server.getAddress().getPort();
        }

        List<Long> seqs(String callId) {
            return taken.stream()
                    .filter(delivery -> delivery.callId().equals(callId))
                    .map(Delivery::seq)
                    .toList();
        }
    }
}
