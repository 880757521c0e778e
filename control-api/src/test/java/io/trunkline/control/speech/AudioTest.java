package io.trunkline.control.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.Verb.AudioRef;
import io.trunkline.control.events.FetchPolicy;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.media.testing.Goertzel;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioTest {
    private static final int RATE = 8000;
    private static final int WAV_HEADER = 44;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    private Audio audio;

    @BeforeEach
    void open() throws Exception {
        audio = new Audio(
                new Voices(List.of(), Optional.empty()),
                new SpeechCache(folder, 0),
                new AudioFetcher(vertx, new UrlGuard(vertx, FetchPolicy.loopback())),
                folder::resolve);
        Files.write(folder.resolve("quiet"), sine(300));
        Files.write(folder.resolve("loud"), sine(30_000));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void quietAndLoudFilesAreBroughtToTheLevelAskedFor() throws Exception {
        for (String file : List.of("quiet", "loud")) {
            assertThat(level(new AudioRef.AsLoudAs(new AudioRef.Media(file), -23)))
                    .as(file)
                    .isCloseTo(-23, Offset.offset(1.0));
        }
    }

    @Test
    void withoutTheOptionAFileIsAsLoudAsItIs() throws Exception {
        assertThat(level(new AudioRef.Media("quiet"))).isLessThan(-40);
        assertThat(level(new AudioRef.Media("loud"))).isGreaterThan(-5);
    }

    /** In the middle of it, where no edge is. */
    private double level(AudioRef ref) throws Exception {
        short[] samples = played(ref);
        return Goertzel.totalDb(samples, samples.length / 4, samples.length / 2);
    }

    private short[] played(AudioRef ref) throws Exception {
        WavSink wav = new WavSink();
        audio.audio(ref).writeTo(wav);
        short[] samples = new short[(wav.bytes().length - WAV_HEADER) / 2];
        ByteBuffer.wrap(wav.bytes(), WAV_HEADER, 2 * samples.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    private static byte[] sine(int peak) throws Exception {
        WavSink wav = new WavSink();
        wav.start(RATE);
        short[] samples = new short[RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (peak * Math.sin(2 * Math.PI * 1000 * i / RATE));
        }
        wav.write(samples, 0, samples.length);
        return wav.bytes();
    }
}
