package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.store.TestStorage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that send a byte now and then, over raw sockets; the limit is shorter here than in service. */
class SlowClientsTest {
    private static final Duration LIMIT = Duration.ofMillis(800);
    private static final long DRIP_MILLIS = 100;
    private static final int MOST_DRIPS = 150;
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
    private static Vertx vertx;
    private static int port;

    @BeforeAll
    static void listen() {
        vertx = Vertx.vertx();
        AtomicInteger bound = new AtomicInteger();
        TestStorage.await(vertx.deployVerticle(new ApiVerticle(
                new HttpConfig(List.of("127.0.0.1"), 0, 1, Optional.empty()),
                started -> SlowClientsTest::answer,
                bound::set,
                LIMIT)));
        port = bound.get();
    }

    @AfterAll
    static void stop() {
        TestStorage.await(vertx.close());
    }

    /** Says how long the body was; a WebSocket hears its own words. */
    private static void answer(HttpServerRequest request) {
        if (WebSockets.wanted(request)) {
            request.toWebSocket().onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage));
        } else {
            request.body().onSuccess(body -> request.response().end("length " + body.length()));
        }
    }

    /** A connection of a client that does not hurry. */
    private static final class Client implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        private final InputStream in = socket.getInputStream();
        private final OutputStream out = socket.getOutputStream();

        Client() throws IOException {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        /** Reads up to and with these words. */
        void expect(String words) throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf(words) < 0) {
                int next = in.read();
                assertThat(next).as("after " + read).isNotNegative();
                read.append((char) next);
            }
        }

        /** Sends a header's bytes one at a time until the server has had enough; how long that took. */
        Duration dripUntilCut() throws Exception {
            long begun = System.nanoTime();
            CompletableFuture<Boolean> cut = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> cut.complete(isCut()));
            for (int i = 0; i < MOST_DRIPS && !cut.isDone(); i++) {
                try {
                    send("x");
                } catch (IOException closed) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
            }
            assertThat(cut.get(5, TimeUnit.SECONDS))
                    .as("closed without an answer")
                    .isTrue();
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        private boolean isCut() {
            try {
                return in.read() < 0;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void assertCutInTime(Duration after) {
        assertThat(after).isBetween(LIMIT.minusMillis(50), LIMIT.plusSeconds(6));
    }

    @Test
    void theFirstHeaderIsNotWaitedForForLong() throws Exception {
        try (Client client = new Client()) {
            client.send("GET /a HTTP/1.1\r\nX-Slow: ");
            assertCutInTime(client.dripUntilCut());
        }
    }

    @Test
    void neitherIsALaterOneOfTheSameConnection() throws Exception {
        try (Client client = new Client()) {
            for (int i = 0; i < 3; i++) {
                client.send(GET);
                client.expect("length 0");
            }
            client.send("GET /a HTTP/1.1\r\nX-Slow: ");
            assertCutInTime(client.dripUntilCut());
        }
    }

    @Test
    void norOneWhoseBeginningCameWithTheRequestBeforeIt() throws Exception {
        try (Client client = new Client()) {
            client.send(GET + "GET /b HTTP/1.1\r\nX-Slow: ");
            client.expect("length 0");
            assertCutInTime(client.dripUntilCut());
        }
    }

    @Test
    void aConnectionMayRestBetweenRequestsAndTakeItsTimeOverABody() throws Exception {
        try (Client client = new Client()) {
            client.send(GET);
            client.expect("length 0");
            TimeUnit.MILLISECONDS.sleep(2 * LIMIT.toMillis());
            client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 16\r\n\r\n");
            for (int i = 0; i < 16; i++) {
                TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
                client.send("b");
            }
            client.expect("length 16");
            client.send(GET);
            client.expect("length 0");
        }
    }

    @Test
    void aWebSocketIsNotTakenForAHeader() throws Exception {
        CompletableFuture<String> late = new CompletableFuture<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                            if ("late".contentEquals(text)) {
                                late.complete(text.toString());
                            }
                            from.request(1);
                            return null;
                        }

                        @Override
                        public void onError(WebSocket from, Throwable broken) {
                            late.completeExceptionally(broken);
                        }
                    })
                    .get(5, TimeUnit.SECONDS);
            for (int i = 0; i < 2 * LIMIT.toMillis() / DRIP_MILLIS; i++) {
                socket.sendText("early", true).get(5, TimeUnit.SECONDS);
                TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
            }
            socket.sendText("late", true).get(5, TimeUnit.SECONDS);
            assertThat(late.get(5, TimeUnit.SECONDS)).isEqualTo("late");
            socket.abort();
        }
    }
}
