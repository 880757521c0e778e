package io.trunkline.control.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speech on disk: made once, found again, never half, never more than its bound. */
class SpeechCacheTest {
    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void theSameSpeechIsMadeOnceAlsoAfterARestart() throws Exception {
        Heard first = play(new SpeechCache(folder, 1 << 20), speech("a", 1000));
        Heard second = play(new SpeechCache(folder, 1 << 20), speech("a", 1000));
        assertThat(made).hasValue(1);
        assertThat(second.rate).isEqualTo(first.rate).isEqualTo(16_000);
        assertThat(second.sum).isEqualTo(first.sum);
        assertThat(second.count).isEqualTo(1000);
    }

    @Test
    void pastTheBoundWhatWasNotUsedTheLongestGoes() throws Exception {
        SpeechCache cache = new SpeechCache(folder, 5000);
        play(cache, speech("old", 1000));
        age();
        play(cache, speech("older", 1000));
        age();
        play(cache, speech("old", 1000)); // used again
        play(cache, speech("new", 1000));
        assertThat(made).hasValue(3);
        play(cache, speech("old", 1000));
        assertThat(made).hasValue(3);
        play(cache, speech("older", 1000));
        assertThat(made).hasValue(4);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void speechThatFailedHalfwayIsNotKept() {
        AudioSource broken = new Source("b", 500, true);
        SpeechCache cache = new SpeechCache(folder, 1 << 20);
        assertThatThrownBy(() -> play(cache, broken)).isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void aBoundOfNothingKeepsNothing() throws Exception {
        SpeechCache off = new SpeechCache(folder, 0);
        play(off, speech("a", 10));
        play(off, speech("a", 10));
        assertThat(made).hasValue(2);
        assertThat(folder.toFile().list()).isEmpty();
    }

    private void age() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                FileTime before = Files.getLastModifiedTime(file);
                Files.setLastModifiedTime(file, FileTime.from(before.toInstant().minusSeconds(60)));
            }
        }
    }

    private AudioSource speech(String text, int samples) {
        return new Source(text, samples, false);
    }

    private static Heard play(SpeechCache cache, AudioSource source) throws IOException, InterruptedException {
        Heard heard = new Heard();
        cache.of(source).writeTo(heard);
        return heard;
    }

    private final class Source implements AudioSource {
        private final String text;
        private final int samples;
        private final boolean breaks;

        Source(String text, int samples, boolean breaks) {
            this.text = text;
            this.samples = samples;
            this.breaks = breaks;
        }

        @Override
        public Optional<String> cacheKey() {
            return Optional.of(text);
        }

        @Override
        public void writeTo(AudioSink sink) throws IOException, InterruptedException {
            made.incrementAndGet();
            short[] ramp = new short[samples];
            for (int i = 0; i < samples; i++) {
                ramp[i] = (short) (i * 31 - 500);
            }
            sink.start(16_000);
            sink.write(ramp, 0, samples);
            if (breaks) {
                throw new IOException("the engine died at " + Instant.now());
            }
        }
    }

    private static final class Heard implements AudioSink {
        private int rate;
        private int count;
        private long sum;

        @Override
        public void start(int sampleRate) {
            rate = sampleRate;
        }

        @Override
        public void write(short[] samples, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                sum = 31 * sum + samples[i];
            }
            count += length;
        }
    }
}
