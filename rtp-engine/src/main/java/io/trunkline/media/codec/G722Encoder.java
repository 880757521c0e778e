package io.trunkline.media.codec;

/** ITU-T G.722 at 64 kbit/s: two samples at 16 kHz to one byte. */
final class G722Encoder implements FrameEncoder {
    private final G722Band lower = G722Band.lower();
    private final G722Band higher = G722Band.higher();
    private final int[] history = new int[24];

    @Override
    public int sampleRate() {
        return 16_000;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int pairs = samples / 2;
        for (int i = 0; i < pairs; i++) {
            out[outOffset + i] = encode(pcm[offset + 2 * i], pcm[offset + 2 * i + 1]);
        }
        return pairs;
    }

    private byte encode(short first, short second) {
        System.arraycopy(history, 2, history, 0, 22);
        history[22] = first;
        history[23] = second;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < 12; i++) {
            odd += history[2 * i] * G722Tables.MIRROR[i];
            even += history[2 * i + 1] * G722Tables.MIRROR[11 - i];
        }
        return (byte) ((encodeHigher((even - odd) >> 14) << 6) | encodeLower((even + odd) >> 14));
    }

    private int encodeLower(int sample) {
        int difference = G722Band.saturate(sample - lower.prediction());
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        int level = 1;
        while (level < 30 && magnitude >= (G722Tables.DECISIONS[level] * lower.scale()) >> 12) {
            level++;
        }
        int code = code(level, difference < 0);
        int coarse = code >> 2;
        int quantized = G722Band.product(lower.scale(), G722Tables.LOWER_4[coarse]);
        lower.adaptScale(G722Tables.LOWER_STEP[coarse]);
        lower.adaptPrediction(quantized);
        return code;
    }

    /** ILN and ILP: codes fall as the level rises; the two smallest negative ones stand apart. */
    private static int code(int level, boolean negative) {
        if (!negative) {
            return 62 - level;
        }
        return level <= 2 ? 64 - level : 34 - level;
    }

    private int encodeHigher(int sample) {
        int difference = G722Band.saturate(sample - higher.prediction());
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        boolean large = magnitude >= (564 * higher.scale()) >> 12;
        int code = (difference >= 0 ? 2 : 0) + (large ? 0 : 1);
        int quantized = G722Band.product(higher.scale(), G722Tables.HIGHER_2[code]);
        higher.adaptScale(G722Tables.HIGHER_STEP[code]);
        higher.adaptPrediction(quantized);
        return code;
    }
}
