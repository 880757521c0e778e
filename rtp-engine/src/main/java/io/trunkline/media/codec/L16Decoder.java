package io.trunkline.media.codec;

/** RFC 3551 section 4.5.11: 16-bit samples in network byte order; an odd byte at the end is no sample. */
final class L16Decoder implements FrameDecoder {
    private final int sampleRate;
    private final Concealment concealment;

    L16Decoder(int sampleRate) {
        this.sampleRate = sampleRate;
        concealment = new Concealment(sampleRate);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] out) {
        int samples = Math.min(length / 2, out.length);
        for (int i = 0; i < samples; i++) {
            out[i] = (short) ((payload[offset + 2 * i] << 8) | (payload[offset + 2 * i + 1] & 0xFF));
        }
        concealment.heard(out, samples);
        return samples;
    }

    @Override
    public int conceal(int samples, short[] out) {
        concealment.fill(out, samples);
        return samples;
    }
}
