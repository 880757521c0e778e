package io.trunkline.media;

import java.io.IOException;
import java.util.Arrays;

/** A sink that keeps what it is given. */
public final class Heard implements AudioSink {
    private short[] samples = new short[0];
    private int length;
    private int sampleRate;

    public static Heard from(AudioSource source) throws IOException, InterruptedException {
        Heard heard = new Heard();
        source.writeTo(heard);
        return heard;
    }

    @Override
    public void start(int rate) {
        if (sampleRate != 0) {
            throw new IllegalStateException("started twice");
        }
        sampleRate = rate;
    }

    @Override
    public void write(short[] chunk, int offset, int count) {
        if (sampleRate == 0) {
            throw new IllegalStateException("not started");
        }
        if (length + count > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(2 * samples.length, length + count));
        }
        System.arraycopy(chunk, offset, samples, length, count);
        length += count;
    }

    public int sampleRate() {
        return sampleRate;
    }

    public short[] samples() {
        return Arrays.copyOf(samples, length);
    }

    public long durationMs() {
        return length * 1000L / sampleRate;
    }

    /** From {@code fromMs}, for {@code ms}. */
    public short[] part(int fromMs, int ms) {
        return Signal.part(samples(), fromMs * sampleRate / 1000, ms * sampleRate / 1000);
    }

    public double amplitude(double frequency) {
        return Signal.amplitude(samples(), sampleRate, frequency);
    }
}
