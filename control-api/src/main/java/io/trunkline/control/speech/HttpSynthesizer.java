package io.trunkline.control.speech;

import io.trunkline.control.Secret;
import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Any server that speaks OpenAI's {@code POST /v1/audio/speech}, asked for raw PCM (16-bit little-endian, 24 kHz) and
 * played as it arrives. At most so many at once; the others wait their turn on their virtual threads.
 */
public final class HttpSynthesizer implements SpeechSynthesizer {
    private static final int RATE = 24_000;
    private static final int ATTEMPTS = 3;
    private static final int MAX_TEXT = 4096;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int CHUNK = 4800;

    private final URI speech;
    private final Optional<Secret> key;
    private final String model;
    private final List<Voice> voices;
    private final HttpClient http;
    private final Semaphore places;
    private final Duration stall;

    /** The operator's own server: {@code base} is configuration, not a user's word, and is not guarded. */
    public HttpSynthesizer(URI base, Optional<Secret> key, String model, List<String> voiceNames, int atOnce) {
        this(base, key, model, voiceNames, atOnce, ANSWER);
    }

    HttpSynthesizer(URI base, Optional<Secret> key, String model, List<String> voiceNames, int atOnce, Duration stall) {
        this.stall = stall;
        this.speech = URI.create(base.toString().replaceAll("/+$", "") + "/v1/audio/speech");
        this.key = key;
        this.model = model;
        this.voices = voiceNames.stream()
                .map(name -> new Voice("http/" + name, "http", "mul", "unknown", RATE))
                .toList();
        this.http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
        this.places = new Semaphore(atOnce);
    }

    @Override
    public String engine() {
        return "http";
    }

    @Override
    public List<Voice> voices() {
        return voices;
    }

    @Override
    public void speak(SpeechRequest request, AudioSink sink) throws IOException, InterruptedException {
        if (request.text().length() > MAX_TEXT) {
            throw new IOException("the text is longer than the " + MAX_TEXT + " characters that the server takes");
        }
        places.acquire();
        try (StallGuard pcm = new StallGuard(ask(request), stall)) {
            stream(pcm, sink);
        } finally {
            places.release();
        }
    }

    /** Tries again only before the first sample: nothing is ever said twice. */
    private InputStream ask(SpeechRequest request) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<InputStream> response = http.send(post(request), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return response.body();
            }
            response.body().close();
            boolean passing = response.statusCode() == 429 || response.statusCode() >= 500;
            if (!passing || attempt == ATTEMPTS) {
                throw new IOException("the speech server answered " + response.statusCode());
            }
            Thread.sleep(Duration.ofMillis(200L << attempt));
        }
    }

    private HttpRequest post(SpeechRequest request) {
        String voice = request.voice().id().substring("http/".length());
        JsonObject body = new JsonObject()
                .put("model", model)
                .put("input", request.text())
                .put("voice", voice)
                .put("speed", request.rate())
                .put("response_format", "pcm");
        HttpRequest.Builder post = HttpRequest.newBuilder(speech)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode(), StandardCharsets.UTF_8));
        key.ifPresent(secret -> post.header("Authorization", "Bearer " + secret.value()));
        return post.build();
    }

    private static void stream(StallGuard pcm, AudioSink sink) throws IOException, InterruptedException {
        sink.start(RATE);
        short[] samples = new short[CHUNK / 2];
        byte[] bytes = pcm.read(CHUNK);
        while (bytes.length > 1) {
            int count = bytes.length / 2;
            for (int i = 0; i < count; i++) {
                samples[i] = (short) ((bytes[2 * i] & 0xff) | (bytes[2 * i + 1] << 8));
            }
            sink.write(samples, 0, count);
            bytes = pcm.read(CHUNK);
        }
    }
}
