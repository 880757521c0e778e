package io.trunkline.control.dialect;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** A receiver of webhooks that takes all it gets. */
final class Hooks implements AutoCloseable {
    private final HttpServer server;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    record Told(Headers headers, String raw, JsonObject json) {}

    Hooks() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new IllegalStateException(taken);
        }
        server.createContext("/hook", this::take);
        server.createContext("/tone.wav", Hooks::sing);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String raw = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        told.add(new Told(exchange.getRequestHeaders(), raw, new JsonObject(raw)));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static void sing(HttpExchange exchange) throws IOException {
        byte[] wav = CawmeTest.wav(1);
        exchange.sendResponseHeaders(200, wav.length);
        exchange.getResponseBody().write(wav);
        exchange.close();
    }

    /** Answers whoever asks; returns where. */
    String serve(String path, String json) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return url().replace("/hook", path);
    }

    /** How what is served was asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** A file of one second. */
    String audio() {
        return url().replace("/hook", "/tone.wav");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    List<Told> all() {
        return List.copyOf(told);
    }

    /** All that came, once one of them is such. */
    List<Told> await(Predicate<JsonObject> last) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (told.stream().map(Told::json).noneMatch(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain after " + told);
            }
            Lab.pause();
        }
        return all();
    }

    /** What of all told, in the order it came. */
    <T> List<T> each(Function<JsonObject, T> what) {
        return told.stream().map(Told::json).map(what).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
