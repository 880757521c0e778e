package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import java.io.IOException;
import java.util.Optional;

/** A source at a chosen loudness. */
public record NormalizedSource(AudioSource source, double levelDbfs) implements AudioSource {
    private static final double MOST_GAIN_DB = 20;

    @Override
    public void writeTo(AudioSink sink) throws IOException, InterruptedException {
        LoudnessMeter meter = new LoudnessMeter();
        source.writeTo(meter);
        double gainDb = Math.clamp(levelDbfs - meter.levelDbfs(), -60, MOST_GAIN_DB);
        source.writeTo(new Louder(sink, gainDb));
    }

    @Override
    public Optional<String> cacheKey() {
        return source.cacheKey().map(key -> key + "@" + levelDbfs);
    }

    private static final class Louder implements AudioSink {
        private final AudioSink next;
        private final double gainDb;
        private Limiter limiter;

        Louder(AudioSink next, double gainDb) {
            this.next = next;
            this.gainDb = gainDb;
            limiter = new Limiter(8000, gainDb);
        }

        @Override
        public void start(int sampleRate) throws InterruptedException {
            limiter = new Limiter(sampleRate, gainDb);
            next.start(sampleRate);
        }

        @Override
        public void write(short[] samples, int offset, int length) throws InterruptedException {
            short[] louder = new short[length];
            System.arraycopy(samples, offset, louder, 0, length);
            limiter.process(louder, 0, length);
            next.write(louder, 0, length);
        }
    }
}
