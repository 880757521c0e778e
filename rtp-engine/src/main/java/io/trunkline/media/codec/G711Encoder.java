package io.trunkline.media.codec;

/** One byte a sample. */
record G711Encoder(G711 law) implements FrameEncoder {
    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        for (int i = 0; i < samples; i++) {
            out[outOffset + i] = law.compress(pcm[offset + i]);
        }
        return samples;
    }
}
