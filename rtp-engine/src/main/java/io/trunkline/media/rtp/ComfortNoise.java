package io.trunkline.media.rtp;

import java.util.Arrays;

/** Quiet noise at the level the peer asked for (RFC 3389); digital silence until it did. */
final class ComfortNoise {
    static final int PAYLOAD_TYPE = 13;
    /** A square wave of full scale is 0 dBov; uniform noise of amplitude a has a power of a²/3. */
    private static final double UNIFORM_PEAK = Short.MAX_VALUE * Math.sqrt(3);

    private int amplitude;
    private int random = 0x2545f491;

    /** The first byte of a comfort noise payload is the level, in −dBov. */
    void level(byte[] payload, int offset, int length) {
        int belowOverload = length == 0 ? 127 : payload[offset] & 0x7f;
        amplitude = belowOverload == 127 ? 0 : (int) (UNIFORM_PEAK * Math.pow(10, -belowOverload / 20.0));
    }

    void fill(short[] out, int samples) {
        if (amplitude == 0) {
            Arrays.fill(out, 0, samples, (short) 0);
            return;
        }
        for (int i = 0; i < samples; i++) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            out[i] = (short) Math.clamp(((long) random * amplitude) >> 31, Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }
}
