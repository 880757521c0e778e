package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.control.ControlConfig.Speech.Engine;
import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine speaks, as the configuration says. */
class SpeechRoomTest {
    @TempDir
    Path folder;

    @Test
    void theBuiltInVoiceIsAlwaysThereAndTheChosenEngineComesFirst() {
        List<SpeechSynthesizer> engines =
                SpeechRoom.engines(speech(Engine.FREETTS, Optional.empty(), Optional.empty()));
        assertThat(engines.getFirst().engine()).isEqualTo("builtin");
        assertThat(SpeechRoom.engines(speech(Engine.AUTO, Optional.empty(), Optional.empty()))
                        .getLast()
                        .engine())
                .isEqualTo("builtin");
    }

    @Test
    void aSpeechServerComesFirstAndIsGivenTheKeyOfItsFile() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "sk-secret\n");
        CompletableFuture<String> authorization = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/audio/speech", exchange -> {
            authorization.complete(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(200, 480);
            exchange.getResponseBody().write(new byte[480]);
            exchange.close();
        });
        server.start();
        try {
            SpeechSynthesizer http = SpeechRoom.engines(speech(
                            Engine.AUTO,
                            Optional.of(
                                    "http://127.0.0.1:" + server.getAddress().getPort()),
                            Optional.of(new Secret("file:" + key))))
                    .getFirst();
            assertThat(http.engine()).isEqualTo("http");
            http.speak(new SpeechSynthesizer.SpeechRequest("hi", http.voices().getFirst(), 1), new Nothing());
            assertThat(authorization.join()).isEqualTo("Bearer sk-secret");
        } finally {
            server.stop(0);
        }
    }

    private static ControlConfig.Speech speech(Engine engine, Optional<String> url, Optional<Secret> key) {
        return new ControlConfig.Speech(engine, Optional.empty(), Optional.empty(), url, key, Optional.empty(), 2, 1);
    }

    private static final class Nothing implements AudioSink {
        @Override
        public void start(int sampleRate) {}

        @Override
        public void write(short[] samples, int offset, int length) {}
    }
}
