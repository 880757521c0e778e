package io.trunkline.control;

import io.trunkline.media.SampleFormat;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A user's program at the end of a stream, written from its vendor's published examples, or around its vendor's own
 * library: a server that we call.
 */
abstract class StreamApp implements AutoCloseable {
    /** A mark that stands behind sound which is to be cleared. */
    private static final String CLEARED = "overtaken";

    static final int CLEARED_MS = 3000;

    final List<String> texts = new ArrayList<>();
    final List<JsonObject> handshakes = new ArrayList<>();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<ServerWebSocket> socket = new CompletableFuture<>();
    private volatile boolean closed;
    private final AtomicInteger framesHeard = new AtomicInteger();
    private volatile CompletableFuture<Integer> clearAnsweredAt = new CompletableFuture<>();
    private int port;
    final int rate;
    final SampleFormat heardFormat;

    StreamApp(int rate, SampleFormat heardFormat) {
        this.rate = rate;
        this.heardFormat = heardFormat;
    }

    private int listen() {
        return vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("audio.jambonz.org"))
                .webSocketHandler(this::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .actualPort();
    }

    private void accept(ServerWebSocket opened) {
        JsonObject headers = new JsonObject();
        opened.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        onHandshake(headers.put("subprotocol", opened.subProtocol()));
        opened.textMessageHandler(this::onText);
        opened.binaryMessageHandler(this::onBinary);
        opened.closeHandler(_ -> closed = true);
        socket.complete(opened);
    }

    void onHandshake(JsonObject headers) {
        synchronized (texts) {
            handshakes.add(headers);
        }
    }

    void onText(String text) {
        if (text.contains("\"payload\"")) {
            framesHeard.incrementAndGet();
        }
        if (text.contains(CLEARED) || text.contains("clearedAudio")) {
            clearAnsweredAt.complete(framesHeard.get());
        }
        synchronized (texts) {
            texts.add(text);
        }
    }

    void onBinary(Buffer bytes) {
        framesHeard.incrementAndGet();
        synchronized (texts) {
            if (binary.size() == 0) {
                texts.add("first audio");
            }
            binary.writeBytes(bytes.getBytes());
        }
    }

    /**
     * How many frames of 20 ms are heard from a clear to its answer: the media clock tells the time, not this machine's.
     */
    int framesUntilCleared() throws Exception {
        say(StreamPathTest.tone(500, CLEARED_MS, rate));
        mark(CLEARED);
        int before = framesHeard.get();
        RunningServer.await("a fifth of a second", () -> framesHeard.get() > before + 10);
        clearAnsweredAt = new CompletableFuture<>();
        int asked = framesHeard.get();
        clear();
        return clearAnsweredAt.get(10, TimeUnit.SECONDS) - asked;
    }

    String url() {
        port = port == 0 ? listen() : port;
        return "ws://127.0.0.1:" + port + "/stream?token=secret";
    }

    /** What the vendor's documentation calls playing audio. */
    abstract void say(short[] samples);

    abstract void mark(String name);

    abstract void clear();

    /** The base64 of a message that carries sound; null for any other. */
    abstract String payload(JsonObject message);

    /** The name of a mark that was reached; null for any other message. */
    abstract String reached(JsonObject message);

    void send(JsonObject message) {
        send(message.encode());
    }

    void send(String text) {
        socket.join().writeTextMessage(text);
    }

    void send(byte[] bytes) {
        socket.join().writeBinaryMessage(Buffer.buffer(bytes));
    }

    void drop() {
        socket.join().close();
    }

    /** As a server that goes down does. */
    void fail() {
        socket.join().close((short) 1011, "out of memory");
    }

    boolean isClosed() {
        return closed;
    }

    List<JsonObject> messages() {
        synchronized (texts) {
            return texts.stream()
                    .filter(text -> text.startsWith("{"))
                    .map(JsonObject::new)
                    .toList();
        }
    }

    List<String> marks() {
        return messages().stream()
                .map(this::reached)
                .filter(name -> name != null)
                .toList();
    }

    /** All sound of the call so far. */
    short[] heard() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        synchronized (texts) {
            all.writeBytes(binary.toByteArray());
        }
        for (JsonObject message : messages()) {
            String payload = payload(message);
            if (payload != null) {
                all.writeBytes(Base64.getDecoder().decode(payload));
            }
        }
        return heardFormat.decode(all.toByteArray());
    }

    /** The level of a frequency in the half second where it was loudest: a tone that came and went counts. */
    double loudest(double hertz) {
        short[] all = heard();
        double most = -120;
        for (int at = 0; at + rate / 2 <= all.length; at += rate / 4) {
            most = Math.max(most, Goertzel.levelDb(all, at, rate / 2, hertz, rate));
        }
        return most;
    }

    /** The level of a frequency in the last half second heard. */
    double levelNow(double hertz) {
        short[] all = heard();
        short[] last = Arrays.copyOfRange(all, Math.max(0, all.length - rate / 2), all.length);
        return last.length == 0 ? -120 : Goertzel.levelDb(last, hertz, rate);
    }

    void awaitMessage(String what, Predicate<StreamApp> condition) throws InterruptedException {
        RunningServer.await(what, () -> condition.test(this));
    }

    @Override
    public void close() {
        vertx.close();
    }
}
