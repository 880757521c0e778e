package io.trunkline.media.amd;

import io.trunkline.media.codec.Resampler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Reads mono WAV, PCM of 16 bits, at any rate of a telephone call; what comes out is 8 kHz. */
public final class WavFile {
    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FORMAT_CHUNK = 0x20746d66;
    private static final int DATA_CHUNK = 0x61746164;
    private static final Set<Integer> RATES = Set.of(8000, 16000, 32000, 48000);
    private static final int FRAMES_A_SECOND = 50;
    private static final long MAX_BYTES = 64L << 20;

    private WavFile() {}

    public static short[] read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": longer than an hour");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 12 || bytes.getInt() != RIFF || bytes.getInt(8) != WAVE) {
            throw new IOException(file + ": not a WAV file");
        }
        bytes.position(12);
        int rate = 0;
        while (bytes.remaining() >= 8) {
            int chunk = bytes.getInt();
            int length = (int) Math.min(Integer.toUnsignedLong(bytes.getInt()), bytes.remaining());
            if (chunk == FORMAT_CHUNK) {
                rate = rate(file, bytes, length);
            } else if (chunk == DATA_CHUNK && rate > 0) {
                return atOurRate(samples(bytes, length), rate);
            }
            bytes.position(Math.min(bytes.limit(), bytes.position() + length + (length & 1)));
        }
        throw new IOException(file + ": no audio in it");
    }

    private static int rate(Path file, ByteBuffer bytes, int length) throws IOException {
        int at = bytes.position();
        if (length < 16) {
            throw new IOException(file + ": a broken WAV header");
        }
        int channels = bytes.getShort(at + 2);
        int rate = bytes.getInt(at + 4);
        int bits = bytes.getShort(at + 14);
        if (channels != 1 || !RATES.contains(rate) || bits != 16) {
            throw new IOException("%s: %d Hz, %d channels, %d bits; mono of 16 bits at 8, 16, 32 or 48 kHz is read here"
                    .formatted(file, rate, channels, bits));
        }
        return rate;
    }

    /** Frame by frame, as a call's samples come. */
    private static short[] atOurRate(short[] samples, int rate) {
        if (rate == Framer.SAMPLE_RATE) {
            return samples;
        }
        Resampler resampler = new Resampler(rate, Framer.SAMPLE_RATE);
        int frame = rate / FRAMES_A_SECOND;
        short[] converted = new short[Framer.SAMPLE_RATE / FRAMES_A_SECOND + 2];
        short[] out = new short[(int) ((long) samples.length * Framer.SAMPLE_RATE / rate)];
        int filled = 0;
        for (int from = 0; from + frame <= samples.length; from += frame) {
            int count = resampler.resample(samples, from, frame, converted, 0);
            count = Math.min(count, out.length - filled);
            System.arraycopy(converted, 0, out, filled, count);
            filled += count;
        }
        return out;
    }

    private static short[] samples(ByteBuffer bytes, int length) {
        short[] samples = new short[length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort();
        }
        return samples;
    }
}
