package io.trunkline.media.codec;

/** ITU-T G.722 at 64 kbit/s: one byte to two samples at 16 kHz. */
final class G722Decoder implements FrameDecoder {
    private final G722Band lower = G722Band.lower();
    private final G722Band higher = G722Band.higher();
    /** Sums and differences of the bands, interleaved, oldest first. */
    private final int[] history = new int[24];

    private final Concealment concealment = new Concealment(16_000);

    @Override
    public int sampleRate() {
        return 16_000;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] out) {
        int pairs = Math.min(length, out.length / 2);
        for (int i = 0; i < pairs; i++) {
            decode(payload[offset + i], out, 2 * i);
        }
        concealment.heard(out, 2 * pairs);
        return 2 * pairs;
    }

    @Override
    public int conceal(int samples, short[] out) {
        concealment.fill(out, samples);
        return samples;
    }

    private void decode(byte code, short[] out, int at) {
        int low = decodeLower(code & 0x3F);
        int high = decodeHigher((code >> 6) & 0x03);
        System.arraycopy(history, 2, history, 0, 22);
        history[22] = low + high;
        history[23] = low - high;
        int first = 0;
        int second = 0;
        for (int i = 0; i < 12; i++) {
            second += history[2 * i] * G722Tables.MIRROR[i];
            first += history[2 * i + 1] * G722Tables.MIRROR[11 - i];
        }
        out[at] = (short) G722Band.saturate(first >> 11);
        out[at + 1] = (short) G722Band.saturate(second >> 11);
    }

    private int decodeLower(int code) {
        int fine = G722Band.product(lower.scale(), G722Tables.LOWER_6[code]);
        int sample = Math.clamp(lower.prediction() + fine, -16_384, 16_383);
        int coarse = G722Band.product(lower.scale(), G722Tables.LOWER_4[code >> 2]);
        lower.adaptScale(G722Tables.LOWER_STEP[code >> 2]);
        lower.adaptPrediction(coarse);
        return sample;
    }

    private int decodeHigher(int code) {
        int quantized = G722Band.product(higher.scale(), G722Tables.HIGHER_2[code]);
        int sample = Math.clamp(higher.prediction() + quantized, -16_384, 16_383);
        higher.adaptScale(G722Tables.HIGHER_STEP[code]);
        higher.adaptPrediction(quantized);
        return sample;
    }
}
