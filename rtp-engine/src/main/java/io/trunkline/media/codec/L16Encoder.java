package io.trunkline.media.codec;

/** RFC 3551 section 4.5.11: 16-bit samples in network byte order. */
record L16Encoder(int sampleRate) implements FrameEncoder {
    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        for (int i = 0; i < samples; i++) {
            out[outOffset + 2 * i] = (byte) (pcm[offset + i] >> 8);
            out[outOffset + 2 * i + 1] = (byte) pcm[offset + i];
        }
        return 2 * samples;
    }
}
