package io.trunkline.media.speech;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A WAV as a program streams it: mono 16-bit PCM whose header may give any length, because the program did not know it
 * yet. For files of users there is a real decoder.
 */
final class WavStream {
    private static final int MAX_CHUNK = 1 << 16;
    private static final int RIFF = 0x52494646;
    private static final int FMT = 0x666d7420;
    private static final int DATA = 0x64617461;

    private final InputStream in;
    private final int sampleRate;
    private final byte[] bytes = new byte[4096];

    private WavStream(InputStream in, int sampleRate) {
        this.in = in;
        this.sampleRate = sampleRate;
    }

    static WavStream open(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != RIFF) {
            throw new IOException("the speech program did not write a WAV");
        }
        data.skipNBytes(8);
        int rate = 0;
        for (int id = data.readInt(); id != DATA; id = data.readInt()) {
            int length = Integer.reverseBytes(data.readInt());
            if (length < 0 || length > MAX_CHUNK) {
                throw new IOException("the speech program wrote a broken WAV header");
            }
            byte[] chunk = data.readNBytes(length);
            if (id == FMT) {
                rate = format(chunk);
            }
        }
        data.skipNBytes(4);
        if (rate == 0) {
            throw new IOException("the speech program wrote a WAV without a format");
        }
        return new WavStream(in, rate);
    }

    private static int format(byte[] chunk) throws IOException {
        ByteBuffer fmt = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        if (chunk.length < 16 || fmt.getShort(0) != 1 || fmt.getShort(2) != 1 || fmt.getShort(14) != 16) {
            throw new IOException("the speech program's WAV is not mono 16-bit PCM");
        }
        return fmt.getInt(4);
    }

    int sampleRate() {
        return sampleRate;
    }

    /** Fills {@code samples} as far as the stream goes; 0 at its end. */
    int read(short[] samples) throws IOException {
        int length = in.readNBytes(bytes, 0, Math.min(bytes.length, samples.length * 2));
        int count = length / 2;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples, 0, count);
        return count;
    }
}
