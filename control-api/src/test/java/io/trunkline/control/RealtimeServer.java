package io.trunkline.control;

import io.trunkline.media.SampleFormat;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Realtime server as the protocol's reference describes it: it hears with an ear of its own, answers with tones faster
 * than real time, cancels what is interrupted, refuses to truncate more than it said.
 */
public final class RealtimeServer implements AutoCloseable {
    static final int RATE = 8000;
    private static final int DELTA_MS = 200;
    private static final double SPEECH_DB = -40;
    private static final int SILENCE_MS = 400;

    /** What its next answers are. */
    public record Answer(double hertz, int millis, String text) {}

    final List<JsonObject> received = new ArrayList<>();
    final List<JsonObject> handshakes = new ArrayList<>();
    final Map<String, Integer> itemMillis = new HashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final boolean beta;
    private final boolean hears;
    private final int port;
    private final AtomicInteger ids = new AtomicInteger();
    public volatile Answer answer = new Answer(700, 1000, "Good day.");
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int refusal = 503;
    private volatile ServerWebSocket socket;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private boolean speaking;
    private int quietMs;
    private int heardMs;
    private boolean responding;

    public RealtimeServer(boolean beta, boolean hears) throws Exception {
        this.beta = beta;
        this.hears = hears;
        port = vertx.createHttpServer()
                .webSocketHandshakeHandler(this::greet)
                .webSocketHandler(this::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    public String url() {
        return "ws://127.0.0.1:" + port + "/v1/realtime";
    }

    /** As a server that is overloaded, or does not know the key. */
    private void greet(ServerWebSocketHandshake handshake) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            var _ = handshake.reject(refusal);
        } else {
            var _ = handshake.accept();
        }
    }

    /** The next so many connections are refused. */
    void refuse(int times, int status) {
        refusal = status;
        refusals.set(times);
    }

    private void accept(ServerWebSocket opened) {
        JsonObject headers = new JsonObject().put("uri", opened.uri());
        opened.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        synchronized (received) {
            handshakes.add(headers);
        }
        socket = opened;
        opened.textMessageHandler(text -> onMessage(new JsonObject(text)));
        send(event("session.created").put("session", new JsonObject().put("id", "sess_1")));
    }

    private JsonObject event(String type) {
        return new JsonObject().put("type", type).put("event_id", "event_" + ids.incrementAndGet());
    }

    void send(JsonObject message) {
        socket.writeTextMessage(message.encode());
    }

    void disconnect() {
        socket.close((short) 1011, "internal error");
    }

    private void onMessage(JsonObject message) {
        String type = message.getString("type");
        if (!type.equals("input_audio_buffer.append")) {
            synchronized (received) {
                received.add(message);
            }
        }
        switch (type) {
            case "session.update" -> send(event("session.updated").put("session", message.getJsonObject("session")));
            case "input_audio_buffer.append" -> hear(message.getString("audio"));
            case "response.create" -> respond();
            case "response.cancel" -> responding = false;
            case "conversation.item.truncate" -> truncate(message);
            default -> {
                // taken
            }
        }
    }

    private void hear(String audio) {
        short[] samples = SampleFormat.MULAW.decode(Base64.getDecoder().decode(audio));
        int millis = samples.length * 1000 / RATE;
        heardMs += millis;
        synchronized (heard) {
            heard.writeBytes(Base64.getDecoder().decode(audio));
        }
        if (!hears) {
            return;
        }
        boolean loud = Goertzel.totalDb(samples, 0, samples.length) > SPEECH_DB;
        quietMs = loud ? 0 : quietMs + millis;
        if (loud && !speaking) {
            startSpeech();
        } else if (speaking && quietMs >= SILENCE_MS) {
            stopSpeech();
        }
    }

    /** The callee begins: whatever is being said is cancelled. */
    void startSpeech() {
        speaking = true;
        send(event("input_audio_buffer.speech_started")
                .put("audio_start_ms", heardMs)
                .put("item_id", "item_user"));
        responding = false;
    }

    public void stopSpeech() {
        speaking = false;
        send(event("input_audio_buffer.speech_stopped")
                .put("audio_end_ms", heardMs)
                .put("item_id", "item_user"));
        send(event("input_audio_buffer.committed").put("item_id", "item_user"));
        send(event("conversation.item.input_audio_transcription.completed")
                .put("item_id", "item_user")
                .put("content_index", 0)
                .put("transcript", "Hello?"));
        respond();
    }

    private void respond() {
        if (responding) {
            send(event("error")
                    .put(
                            "error",
                            new JsonObject()
                                    .put("code", "conversation_already_has_active_response")
                                    .put("message", "a response is under way")));
            return;
        }
        responding = true;
        Answer said = answer;
        String response = "resp_" + ids.incrementAndGet();
        String item = "item_" + ids.incrementAndGet();
        send(event("response.created").put("response", new JsonObject().put("id", response)));
        vertx.setTimer(150, _ -> speak(response, item, said));
    }

    /** All of it at once, in messages of a fifth of a second. */
    private void speak(String response, String item, Answer said) {
        short[] samples = StreamPathTest.tone(said.hertz(), said.millis(), RATE);
        int step = RATE * DELTA_MS / 1000;
        for (int at = 0; at < samples.length && responding; at += step) {
            byte[] bytes = SampleFormat.MULAW.encode(samples, at, Math.min(step, samples.length - at));
            send(event(beta ? "response.audio.delta" : "response.output_audio.delta")
                    .put("response_id", response)
                    .put("item_id", item)
                    .put("output_index", 0)
                    .put("content_index", 0)
                    .put("delta", Base64.getEncoder().encodeToString(bytes)));
        }
        itemMillis.put(item, said.millis());
        send(event(beta ? "response.audio_transcript.done" : "response.output_audio_transcript.done")
                .put("item_id", item)
                .put("transcript", said.text()));
        done(response, new JsonArray());
    }

    private void done(String response, JsonArray output) {
        responding = false;
        send(event("response.done")
                .put(
                        "response",
                        new JsonObject()
                                .put("id", response)
                                .put("status", "completed")
                                .put("output", output)
                                .put(
                                        "usage",
                                        new JsonObject().put("input_tokens", 30).put("output_tokens", 12))));
    }

    /** The model wants a function called. */
    void callFunction(String callId, String name, JsonObject arguments) {
        JsonObject item = new JsonObject()
                .put("type", "function_call")
                .put("id", "item_" + ids.incrementAndGet())
                .put("call_id", callId)
                .put("name", name)
                .put("arguments", arguments.encode());
        String response = "resp_" + ids.incrementAndGet();
        responding = true;
        send(event("response.created").put("response", new JsonObject().put("id", response)));
        send(event("response.function_call_arguments.done")
                .put("call_id", callId)
                .put("name", name)
                .put("arguments", arguments.encode()));
        send(event("response.output_item.done").put("item", item));
        done(response, new JsonArray().add(item));
    }

    private void truncate(JsonObject message) {
        Integer length = itemMillis.get(message.getString("item_id"));
        if (length == null || message.getInteger("audio_end_ms") > length) {
            send(event("error")
                    .put(
                            "error",
                            new JsonObject()
                                    .put("code", "invalid_value")
                                    .put("message", "audio_end_ms is more than the item's length")));
        } else {
            send(event("conversation.item.truncated")
                    .mergeIn(message.copy().putNull("type"))
                    .put("type", "conversation.item.truncated"));
        }
    }

    public List<JsonObject> got(String type) {
        synchronized (received) {
            return received.stream()
                    .filter(message -> type.equals(message.getString("type")))
                    .toList();
        }
    }

    /** The loudest fifth of a second at a frequency, of all that it heard. */
    public double heard(double hertz) {
        short[] samples;
        synchronized (heard) {
            samples = SampleFormat.MULAW.decode(heard.toByteArray());
        }
        int window = RATE / 5;
        double most = -120;
        for (int at = 0; at + window <= samples.length; at += window) {
            most = Math.max(most, Goertzel.levelDb(samples, at, window, hertz, RATE));
        }
        return most;
    }

    int heardMs() {
        return heardMs;
    }

    @Override
    public void close() {
        vertx.close();
    }
}
