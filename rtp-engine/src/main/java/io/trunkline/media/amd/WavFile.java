package io.trunkline.media.amd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads mono WAV at 8 kHz: PCM of 16 bits, and nothing else. */
public final class WavFile {
    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FORMAT_CHUNK = 0x20746d66;
    private static final int DATA_CHUNK = 0x61746164;
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
        boolean formatSeen = false;
        while (bytes.remaining() >= 8) {
            int chunk = bytes.getInt();
            int length = (int) Math.min(Integer.toUnsignedLong(bytes.getInt()), bytes.remaining());
            if (chunk == FORMAT_CHUNK) {
                requireFormat(file, bytes, length);
                formatSeen = true;
            } else if (chunk == DATA_CHUNK && formatSeen) {
                return samples(bytes, length);
            }
            bytes.position(Math.min(bytes.limit(), bytes.position() + length + (length & 1)));
        }
        throw new IOException(file + ": no audio in it");
    }

    private static void requireFormat(Path file, ByteBuffer bytes, int length) throws IOException {
        int at = bytes.position();
        if (length < 16) {
            throw new IOException(file + ": a broken WAV header");
        }
        int channels = bytes.getShort(at + 2);
        int rate = bytes.getInt(at + 4);
        int bits = bytes.getShort(at + 14);
        if (channels != 1 || rate != Framer.SAMPLE_RATE || bits != 16) {
            throw new IOException("%s: %d Hz, %d channels, %d bits; 8000 Hz mono of 16 bits is read here"
                    .formatted(file, rate, channels, bits));
        }
    }

    private static short[] samples(ByteBuffer bytes, int length) {
        short[] samples = new short[length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort();
        }
        return samples;
    }
}
