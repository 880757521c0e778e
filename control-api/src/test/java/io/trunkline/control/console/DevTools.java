package io.trunkline.control.console;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The Chrome DevTools protocol over its WebSocket: questions with answers, and events as they come. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final int ANSWER_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    DevTools(URI page) {
        socket = http.newWebSocketBuilder().buildAsync(page, this).join();
    }

    void listen(Consumer<JsonObject> listener) {
        listeners.add(listener);
    }

    JsonObject ask(String method, JsonObject parameters) {
        int id = next.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        String question = new JsonObject()
                .put("id", id)
                .put("method", method)
                .put("params", parameters)
                .encode();
        synchronized (this) {
            socket.sendText(question, true).join();
        }
        try {
            JsonObject told = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (told.containsKey("error")) {
                throw new IllegalStateException(method + ": " + told.getJsonObject("error"));
            }
            return told.getJsonObject("result");
        } catch (InterruptedException | ExecutionException | TimeoutException broken) {
            throw new IllegalStateException(method, broken);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonObject message = new JsonObject(text.toString());
            text.setLength(0);
            Integer id = message.getInteger("id");
            if (id == null) {
                listeners.forEach(listener -> listener.accept(message));
            } else {
                asked.remove(id).complete(message);
            }
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
