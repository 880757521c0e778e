package io.trunkline.media.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The 44 bytes before 16-bit PCM. */
final class WavHeader {
    static final int BYTES = 44;
    static final int CHANNELS_AT = 22;
    static final int RATE_AT = 24;
    private static final int PCM = 1;
    private static final int BITS = 16;

    private WavHeader() {}

    static ByteBuffer of(int sampleRate, int channels, long dataBytes) {
        int frameBytes = channels * BITS / 8;
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(size(dataBytes + BYTES - 8)).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) PCM).putShort((short) channels);
        header.putInt(sampleRate).putInt(sampleRate * frameBytes);
        header.putShort((short) frameBytes).putShort((short) BITS);
        header.put(ascii("data")).putInt(size(dataBytes));
        return header.flip();
    }

    /** RIFF sizes are unsigned 32 bit; readers take the largest one as "to the end of the file". */
    private static int size(long bytes) {
        return (int) Math.min(bytes, 0xffffffffL);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
