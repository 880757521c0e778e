package io.trunkline.media.testing;

import java.nio.ByteBuffer;

/** RTP packets built byte by byte, independently of the engine. */
public final class Packets {
    private Packets() {}

    public static ByteBuffer rtp(boolean marker, int type, int sequence, int timestamp, int ssrc, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(12 + payload.length);
        out.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | type)).putShort((short) sequence);
        out.putInt(timestamp).putInt(ssrc).put(payload);
        return out.flip();
    }

    /** A-law of linear samples, straight from the definition in G.711 (not by the engine's tables). */
    public static byte[] alaw(short[] samples, int offset, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = alaw(samples[offset + i]);
        }
        return out;
    }

    private static byte alaw(int sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32635) >> 4;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(Math.max(magnitude, 1)));
        int mantissa = segment <= 1 ? magnitude & 0x0f : magnitude >> (segment - 1) & 0x0f;
        return (byte) ((sign | segment << 4 | mantissa) ^ 0x55);
    }

    public static short linear(byte alaw) {
        int code = (alaw ^ 0x55) & 0xff;
        int segment = code >> 4 & 7;
        int magnitude = (code & 0x0f) << 4 | 8;
        magnitude = segment == 0 ? magnitude : (magnitude | 0x100) << (segment - 1);
        return (short) ((code & 0x80) != 0 ? magnitude : -magnitude);
    }
}
