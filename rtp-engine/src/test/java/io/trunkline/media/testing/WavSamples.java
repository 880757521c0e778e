package io.trunkline.media.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A 16-bit WAV file of our own making, read back strictly. */
public final class WavSamples {
    private final int sampleRate;
    private final int channels;
    private final short[] interleaved;

    private WavSamples(int sampleRate, int channels, short[] interleaved) {
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.interleaved = interleaved;
    }

    public int sampleRate() {
        return sampleRate;
    }

    public int channels() {
        return channels;
    }

    public static WavSamples read(Path file) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int channels = in.getShort(22);
            int rate = in.getInt(24);
            int bytes = in.getInt(40);
            if (bytes != in.capacity() - 44 || in.getInt(4) != in.capacity() - 8) {
                throw new AssertionError("sizes in the header do not fit the file of " + in.capacity() + " bytes");
            }
            short[] samples = new short[bytes / 2];
            in.position(44)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return new WavSamples(rate, channels, samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public short[] channel(int number) {
        short[] samples = new short[interleaved.length / channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = interleaved[i * channels + number];
        }
        return samples;
    }

    public long millis() {
        return 1000L * interleaved.length / channels / sampleRate;
    }
}
