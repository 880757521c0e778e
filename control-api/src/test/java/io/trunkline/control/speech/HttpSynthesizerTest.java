package io.trunkline.control.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.control.Secret;
import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSynthesizerTest {
    private HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<JsonObject> body = new AtomicReference<>();
    private final AtomicReference<String> authorization = new AtomicReference<>();

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/audio/speech", exchange -> {
            asked.incrementAndGet();
            body.set(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            if (failures.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                byte[] pcm = {1, 0, (byte) 0xff, (byte) 0xff, 0, 1};
                exchange.sendResponseHeaders(200, pcm.length);
                exchange.getResponseBody().write(pcm);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void asksForPcmInTheVoiceAndPlaysWhatComes() throws Exception {
        Heard heard = speak("Hello");
        assertThat(heard.samples).containsExactly(1, -1, 256);
        assertThat(heard.rate).isEqualTo(24_000);
        assertThat(body.get().getString("input")).isEqualTo("Hello");
        assertThat(body.get().getString("voice")).isEqualTo("alloy");
        assertThat(body.get().getString("response_format")).isEqualTo("pcm");
        assertThat(authorization.get()).isEqualTo("Bearer sk-test");
    }

    @Test
    void triesAgainWhileTheServerIsOverloaded() throws Exception {
        failures.set(2);
        assertThat(speak("Hello").samples).hasSize(3);
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void aServerThatStopsInTheMiddleOfASentenceIsGivenUpAndItsPlaceIsFree() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            HttpSynthesizer impatient = new HttpSynthesizer(
                    URI.create("http://127.0.0.1:" + door.getLocalPort()),
                    Optional.empty(),
                    "tts-1",
                    List.of("alloy"),
                    1,
                    Duration.ofMillis(200));
            SpeechRequest request =
                    new SpeechRequest("Hello", impatient.voices().getFirst(), 1);
            for (int i = 0; i < 2; i++) {
                Thread.ofVirtual().start(() -> beginAndStop(door));
                assertThatThrownBy(() -> impatient.speak(request, new Heard()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("stopped in the middle");
            }
        }
    }

    private static void beginAndStop(ServerSocket door) {
        try {
            Socket client = door.accept();
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabcd".getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
            client.getInputStream().transferTo(OutputStream.nullOutputStream()); // until the client hangs up
        } catch (IOException closed) {
            // the client gave up
        }
    }

    @Test
    void givesUpInWords() {
        failures.set(10);
        assertThatThrownBy(() -> speak("Hello")).hasMessageContaining("503");
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void refusesTextThatTheServerWouldNotTake() {
        assertThatThrownBy(() -> speak("x".repeat(5000))).hasMessageContaining("4096");
        assertThat(asked.get()).isZero();
    }

    private Heard speak(String text) throws IOException, InterruptedException {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        HttpSynthesizer synthesizer =
                new HttpSynthesizer(base, Optional.of(new Secret("sk-test")), "tts-1", List.of("alloy"), 2);
        Heard heard = new Heard();
        synthesizer.speak(new SpeechRequest(text, synthesizer.voices().getFirst(), 1), heard);
        return heard;
    }

    private static final class Heard implements AudioSink {
        private final List<Integer> samples = new java.util.ArrayList<>();
        private int rate;

        @Override
        public void start(int sampleRate) {
            rate = sampleRate;
        }

        @Override
        public void write(short[] written, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                samples.add((int) written[i]);
            }
        }
    }
}
