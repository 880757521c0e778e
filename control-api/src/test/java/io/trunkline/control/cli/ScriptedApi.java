package io.trunkline.control.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP side of a call as the API describes it, with a course of events that the test writes: the first ones are in
 * the log already, the others come by the feed, which breaks off once on the way.
 */
final class ScriptedApi implements AutoCloseable {
    static final String CALL = "call_1";
    static final byte[] AUDIO = "RIFF-audio".getBytes(StandardCharsets.US_ASCII);

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> events = new ArrayList<>();
    private final String finalCall;
    private final AtomicInteger delivered;

    ScriptedApi(List<String> types, int inLog, String finalCall) throws IOException {
        for (int i = 0; i < types.size(); i++) {
            String[] parts = types.get(i).split(" ", 2);
            events.add("""
                    {"id":"evt_%d","seq":%d,"type":"%s","call_id":"%s","occurred_at":"2026-01-01T00:00:%02d.000Z","data":%s,"call":{"to":"+15550100001"}}""".formatted(i, i + 1, parts[0], CALL, i, parts.length > 1 ? parts[1] : "{}"));
        }
        this.delivered = new AtomicInteger(inLog);
        this.finalCall = finalCall;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + path + " " + body);
        if (!"Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization")) && path.startsWith("/v1")) {
            send(exchange, 401, "{\"status\":401,\"code\":\"unauthorized\",\"detail\":\"no such key\"}");
        } else if (path.equals("/v1/events")) {
            feed(exchange);
        } else if (path.endsWith("/events")) {
            log(exchange);
        } else if (path.endsWith("/audio")) {
            exchange.sendResponseHeaders(200, AUDIO.length);
            exchange.getResponseBody().write(AUDIO);
            exchange.close();
        } else {
            send(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, finalCall);
        }
    }

    /** One event for each connection, after an event of somebody else's call. */
    private void feed(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(": hello\n\n".getBytes(StandardCharsets.UTF_8));
            out.write(frame(events.getLast().replace(CALL, "call_2")));
            if (delivered.get() < events.size()) {
                out.write(frame(events.get(delivered.getAndIncrement())));
            }
        }
    }

    private void log(HttpExchange exchange) throws IOException {
        int after = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*after=", ""));
        int until = delivered.get();
        if (events.subList(0, until).toString().contains("call.ended")) {
            delivered.set(Math.min(events.size(), until + 1)); // what comes after the end comes between two questions
        }
        send(exchange, 200, "{\"items\":[" + String.join(",", events.subList(Math.min(after, until), until)) + "]}");
    }

    private static byte[] frame(String event) {
        return ("event: e\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
