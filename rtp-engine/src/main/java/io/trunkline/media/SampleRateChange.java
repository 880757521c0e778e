package io.trunkline.media;

import io.trunkline.media.codec.Resampler;
import java.util.Arrays;

/** Brings a stream of samples to another rate. */
public final class SampleRateChange {
    private static final int LOWEST = 4000;
    private static final int HIGHEST = 192_000;

    private final int from;
    private final Resampler resampler;

    /** @throws IllegalArgumentException for a rate that no audio has */
    public SampleRateChange(int from, int to) {
        if (from < LOWEST || from > HIGHEST) {
            throw new IllegalArgumentException("no audio has " + from + " samples a second");
        }
        this.from = from;
        this.resampler = new Resampler(from, to);
    }

    public int from() {
        return from;
    }

    public short[] convert(short[] samples) {
        short[] out = new short[resampler.maxOutput(samples.length)];
        return Arrays.copyOf(out, resampler.resample(samples, 0, samples.length, out, 0));
    }
}
