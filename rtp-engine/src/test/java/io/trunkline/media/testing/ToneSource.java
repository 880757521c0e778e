package io.trunkline.media.testing;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import java.util.Optional;

/** A sine of some length: the simplest thing to play and to recognise. */
public record ToneSource(double hz, double levelDb, int millis, int sampleRate, boolean shared) implements AudioSource {
    /** 8 kHz, −10 dB, played once for one call. */
    public static ToneSource of(double hz, int millis) {
        return new ToneSource(hz, -10, millis, 8000, false);
    }

    /** The same, rendered once for all calls. */
    public static ToneSource shared(double hz, int millis) {
        return new ToneSource(hz, -10, millis, 8000, true);
    }

    @Override
    public void writeTo(AudioSink sink) throws InterruptedException {
        short[] samples = samples();
        sink.start(sampleRate);
        for (int at = 0; at < samples.length; at += 1000) {
            sink.write(samples, at, Math.min(1000, samples.length - at));
        }
    }

    public short[] samples() {
        short[] samples = new short[(int) ((long) sampleRate * millis / 1000)];
        double amplitude = 32767 * Math.pow(10, levelDb / 20);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / sampleRate));
        }
        return samples;
    }

    @Override
    public Optional<String> cacheKey() {
        return shared ? Optional.of("tone:" + this) : Optional.empty();
    }
}
