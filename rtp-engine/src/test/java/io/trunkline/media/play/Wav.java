package io.trunkline.media.play;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files for tests, right and wrong ones. */
final class Wav {
    private Wav() {}

    static byte[] chunk(String id, byte[] body) {
        byte[] bytes = new byte[8 + body.length + (body.length & 1)];
        little(bytes)
                .put(id.getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length)
                .put(body);
        return bytes;
    }

    static byte[] format(int tag, int channels, int rate, int bits) {
        byte[] bytes = new byte[16];
        little(bytes)
                .putShort((short) tag)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        return bytes;
    }

    static byte[] riff(byte[]... chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            body.writeBytes(chunk);
        }
        return chunk("RIFF", body.toByteArray());
    }

    static byte[] pcm16(short[] samples, int rate) {
        return riff(chunk("fmt ", format(1, 1, rate, 16)), chunk("data", bytes(samples)));
    }

    static byte[] bytes(short[] samples) {
        byte[] bytes = new byte[2 * samples.length];
        little(bytes).asShortBuffer().put(samples);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
