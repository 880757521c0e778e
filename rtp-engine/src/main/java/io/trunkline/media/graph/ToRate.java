package io.trunkline.media.graph;

import io.trunkline.media.codec.Resampler;
import org.jspecify.annotations.Nullable;

/** Frames at one rate, whatever rate the leg runs at; the leg may change it with a negotiation. */
public final class ToRate {
    private final int rate;
    private final short[] converted;
    private @Nullable Resampler resampler;
    private int from;

    public ToRate(int rate) {
        this.rate = rate;
        this.from = rate;
        // A tick is at most 20 ms.
        this.converted = new short[rate / 50 + 2];
    }

    public int rate() {
        return rate;
    }

    /** The frame to read after {@link #convert}: the given one when nothing had to be done. */
    public short[] frame(short[] given) {
        return resampler == null ? given : converted;
    }

    /** Returns how many samples {@link #frame} has. */
    public int convert(short[] samples, int length, int sampleRate) {
        if (sampleRate != from) {
            from = sampleRate;
            resampler = sampleRate == rate ? null : new Resampler(sampleRate, rate);
        }
        Resampler now = resampler;
        return now == null ? length : now.resample(samples, 0, length, converted, 0);
    }
}
