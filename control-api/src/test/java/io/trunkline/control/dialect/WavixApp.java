package io.trunkline.control.dialect;

import io.trunkline.control.RunningServer;
import io.trunkline.media.SampleFormat;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A customer's program at the end of Wavix's call streaming: PCM of 24 kHz in JSON, both ways. */
final class WavixApp implements AutoCloseable {
    private static final int RATE = 24_000;
    private static final int FRAME_BYTES = 960;

    private final Vertx vertx = Vertx.vertx();
    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final CompletableFuture<ServerWebSocket> socket = new CompletableFuture<>();
    private final int port;

    WavixApp() throws Exception {
        port = vertx.createHttpServer()
                .webSocketHandler(opened -> {
                    opened.textMessageHandler(text -> take(new JsonObject(text)));
                    socket.complete(opened);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private void take(JsonObject message) {
        if (!message.getString("event").equals("media")) {
            messages.add(message);
            return;
        }
        byte[] pcm = Base64.getDecoder().decode(message.getJsonObject("media").getString("payload"));
        synchronized (heard) {
            heard.writeBytes(pcm);
        }
    }

    String url() {
        return "ws://127.0.0.1:" + port + "/stream";
    }

    /** All but the sound. */
    List<JsonObject> messages() {
        return messages;
    }

    JsonObject await(String event) throws InterruptedException {
        RunningServer.await(
                event,
                () -> messages.stream().anyMatch(it -> it.getString("event").equals(event)));
        return messages.stream()
                .filter(it -> it.getString("event").equals(event))
                .findFirst()
                .orElseThrow();
    }

    void say(int hertz, int millis) {
        short[] tone = new ToneSource(hertz, -15, millis, RATE, false).samples();
        byte[] pcm = SampleFormat.L16_LITTLE_ENDIAN.encode(tone, 0, tone.length);
        for (int at = 0; at + FRAME_BYTES <= pcm.length; at += FRAME_BYTES) {
            byte[] frame = Arrays.copyOfRange(pcm, at, at + FRAME_BYTES);
            send(new JsonObject()
                    .put("event", "media")
                    .put(
                            "media",
                            new JsonObject().put("payload", Base64.getEncoder().encodeToString(frame))));
        }
    }

    void send(JsonObject message) {
        socket.join().writeTextMessage(message.encode());
    }

    /** The loudest fifth of a second at a frequency. */
    double heard(double hertz) {
        short[] samples;
        synchronized (heard) {
            samples = SampleFormat.L16_LITTLE_ENDIAN.decode(heard.toByteArray());
        }
        int window = RATE / 5;
        double most = -120;
        for (int at = 0; at + window <= samples.length; at += window) {
            most = Math.max(most, Goertzel.levelDb(samples, at, window, hertz, RATE));
        }
        return most;
    }

    @Override
    public void close() {
        vertx.close();
    }
}
