package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One cycle of a cadence: sums of sines and pauses; at −10 dBFS alone, −13 each in a pair, with soft edges. */
record ToneSource(String key, List<Segment> segments) implements AudioSource {
    private static final int RATE = 8000;
    private static final double AMPLITUDE = 32_767 * 0.316;
    private static final int RAMP = RATE * 4 / 1000;

    record Segment(List<Integer> hertz, Duration tone, Duration pause) {
        Segment {
            hertz = List.copyOf(hertz);
        }
    }

    ToneSource {
        segments = List.copyOf(segments);
    }

    @Override
    public void writeTo(AudioSink sink) throws InterruptedException {
        sink.start(RATE);
        for (Segment segment : segments) {
            short[] samples = new short[samples(segment.tone()) + samples(segment.pause())];
            fill(samples, samples(segment.tone()), segment.hertz());
            sink.write(samples, 0, samples.length);
        }
    }

    @Override
    public Optional<String> cacheKey() {
        return Optional.of(key);
    }

    private static int samples(Duration duration) {
        return (int) (duration.toMillis() * RATE / 1000);
    }

    private static void fill(short[] out, int length, List<Integer> hertz) {
        double amplitude = AMPLITUDE / Math.sqrt(hertz.size());
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (int frequency : hertz) {
                sum += Math.sin(2 * Math.PI * frequency * i / RATE);
            }
            double edge = Math.min(1, Math.min(i, length - 1 - i) / (double) RAMP);
            out[i] = (short) Math.round(amplitude * edge * sum);
        }
    }
}
