package io.trunkline.media.bench;

/** What a callee of the benchmark says over and over, in PCMU: a short voiced word, then three seconds of quiet. */
final class Hello {
    private static final int RATE = 8000;
    private static final int FRAME = 160;
    private static final int FRAMES = 190;
    private static final double WORD_SECONDS = 0.7;
    private static final double START_SECONDS = 0.4;
    private static final int BIAS = 0x84;

    private Hello() {}

    static byte[][] frames() {
        byte[][] frames = new byte[FRAMES][FRAME];
        for (int i = 0; i < FRAMES * FRAME; i++) {
            frames[i / FRAME][i % FRAME] = muLaw(sample((double) i / RATE));
        }
        return frames;
    }

    /** A falling voice of ten harmonics whose loudness makes two syllables. */
    private static int sample(double seconds) {
        double at = seconds - START_SECONDS;
        if (at < 0 || at > WORD_SECONDS) {
            return 0;
        }
        double pitch = 2 * Math.PI * at * (140 - 20 * at);
        double voice = 0;
        for (int harmonic = 1; harmonic <= 10; harmonic++) {
            voice += Math.sin(harmonic * pitch) / harmonic;
        }
        return (int) (4000 * voice * Math.abs(Math.sin(2 * Math.PI * at / WORD_SECONDS)));
    }

    /** ITU-T G.711, µ-law. */
    private static byte muLaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), 32635) + BIAS;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        int mantissa = magnitude >> (exponent + 3) & 0x0f;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }
}
