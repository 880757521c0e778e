package io.trunkline.media.codec;

/** One byte a sample; gaps are filled by waveform substitution. */
final class G711Decoder implements FrameDecoder {
    private final G711 law;
    private final Concealment concealment = new Concealment(8000);

    G711Decoder(G711 law) {
        this.law = law;
    }

    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] out) {
        int samples = Math.min(length, out.length);
        for (int i = 0; i < samples; i++) {
            out[i] = law.expand(payload[offset + i]);
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
