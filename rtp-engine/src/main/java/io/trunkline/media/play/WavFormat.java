package io.trunkline.media.play;

import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import io.trunkline.media.codec.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How the samples of a WAV file are written, checked. */
record WavFormat(Encoding encoding, int channels, int sampleRate, int bits) {
    static final int SHORTEST = 16;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int MOST_CHANNELS = 8;
    private static final int LOWEST_RATE = 4000;
    private static final int HIGHEST_RATE = 192_000;

    enum Encoding {
        PCM,
        FLOAT,
        ALAW,
        ULAW
    }

    static WavFormat of(byte[] chunk) throws UnplayableAudioException {
        ByteBuffer in = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int tag = in.getShort(0) & 0xFFFF;
        if (tag == EXTENSIBLE && chunk.length >= 26) {
            tag = in.getShort(24) & 0xFFFF;
        }
        WavFormat format =
                new WavFormat(encoding(tag), in.getShort(2) & 0xFFFF, in.getInt(4), in.getShort(14) & 0xFFFF);
        format.check();
        return format;
    }

    private static Encoding encoding(int tag) throws UnplayableAudioException {
        return switch (tag) {
            case 1 -> Encoding.PCM;
            case 3 -> Encoding.FLOAT;
            case 6 -> Encoding.ALAW;
            case 7 -> Encoding.ULAW;
            default -> throw unsupported("the WAV is coded in format " + tag + "; use PCM, float, A-law or µ-law");
        };
    }

    private void check() throws UnplayableAudioException {
        boolean known =
                switch (encoding) {
                    case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
                    case FLOAT -> bits == 32 || bits == 64;
                    case ALAW, ULAW -> bits == 8;
                };
        if (!known) {
            throw unsupported("the WAV has " + bits + " bits a sample");
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw unsupported("the WAV has " + channels + " channels");
        }
        if (sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) {
            throw unsupported("the WAV has " + Integer.toUnsignedString(sampleRate) + " samples a second");
        }
    }

    private static UnplayableAudioException unsupported(String message) {
        return new UnplayableAudioException(Reason.UNSUPPORTED, message);
    }

    int frameBytes() {
        return channels * bits / 8;
    }

    /** The mean of the channels. */
    void toMono(byte[] bytes, int frames, short[] out) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int width = bits / 8;
        for (int frame = 0; frame < frames; frame++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += sample(in, (frame * channels + channel) * width);
            }
            out[frame] = (short) (sum / channels);
        }
    }

    private int sample(ByteBuffer in, int at) {
        return switch (encoding) {
            case ALAW -> G711.ALAW.expand(in.get(at));
            case ULAW -> G711.ULAW.expand(in.get(at));
            case FLOAT -> scaled(bits == 32 ? in.getFloat(at) : in.getDouble(at));
            case PCM ->
                switch (bits) {
                    case 8 -> ((in.get(at) & 0xFF) - 128) << 8;
                    case 16 -> in.getShort(at);
                    case 24 -> in.getShort(at + 1);
                    default -> in.getShort(at + 2);
                };
        };
    }

    /** Full scale is ±1; what is no number is silence. */
    private static int scaled(double value) {
        return Double.isNaN(value) ? 0 : (int) Math.round(Math.clamp(value, -1.0, 1.0) * Short.MAX_VALUE);
    }
}
