package io.trunkline.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trunkline.media.SampleFormat;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user's webhook that answers as told, and a recogniser that takes any loud sound for the same two words. */
final class TextServers implements AutoCloseable {
    private static final int WAV_HEADER = 44;
    private static final double SPEECH_DB = -45;
    private static final Pattern LANGUAGE = Pattern.compile("name=\"language\"\r\n\r\n(\\w+)");

    /** A recording that was to be recognised. */
    record Heard(String authorization, String language, long millis, double levelDb) {}

    private record Answer(int status, String body, boolean never) {}

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<JsonObject> asked = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    TextServers() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/agent", this::onQuestion);
        http.createContext("/v1/audio/transcriptions", this::onRecording);
        http.setExecutor(threads);
        http.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    void answer(JsonObject json) {
        answers.add(new Answer(200, json.encode(), false));
    }

    void answer(String plain) {
        answers.add(new Answer(200, plain, false));
    }

    void fail(int status) {
        answers.add(new Answer(status, "", false));
    }

    /** The next question gets no answer at all. */
    void stall() {
        answers.add(new Answer(0, "", true));
    }

    List<JsonObject> asked() {
        return asked;
    }

    List<String> signatures() {
        return signatures;
    }

    List<Heard> heard() {
        return heard;
    }

    private void onQuestion(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("Trunkline-Signature")));
        asked.add(new JsonObject(new String(body, StandardCharsets.UTF_8)));
        Answer answer = answers.poll();
        if (answer == null) {
            send(exchange, 200, "");
        } else if (!answer.never()) {
            send(exchange, answer.status(), answer.body());
        }
    }

    private void onRecording(HttpExchange exchange) throws IOException {
        byte[] form = exchange.getRequestBody().readAllBytes();
        String text = new String(form, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("RIFF");
        ByteBuffer wav = ByteBuffer.wrap(form).order(ByteOrder.LITTLE_ENDIAN);
        int rate = wav.getInt(at + 24);
        int bytes = wav.getInt(at + 40);
        short[] samples = SampleFormat.L16_LITTLE_ENDIAN.decode(
                Arrays.copyOfRange(form, at + WAV_HEADER, at + WAV_HEADER + bytes));
        double level = Goertzel.totalDb(samples, 0, samples.length);
        Matcher language = LANGUAGE.matcher(text);
        heard.add(new Heard(
                exchange.getRequestHeaders().getFirst("Authorization"),
                language.find() ? language.group(1) : "",
                samples.length * 1000L / rate,
                level));
        String words = level > SPEECH_DB ? "Hello there" : "";
        send(exchange, 200, new JsonObject().put("text", words).encode());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
