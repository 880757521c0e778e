package io.trunkline.media.play;

import io.trunkline.media.codec.Resampler;

/** Brings a source's samples to another rate, block by block, and gives the filter's tail at the end. */
final class RateConverter {
    /** Takes what came out. */
    interface Output {
        void take(short[] samples, int offset, int length) throws InterruptedException;
    }

    private static final int BLOCK = 960;

    private final Resampler resampler;
    private final short[] converted;

    RateConverter(int from, int to) {
        if (from < 1000 || from > 384_000) {
            throw new PlayFailure("not a sample rate: " + from);
        }
        resampler = new Resampler(from, to);
        converted = new short[Math.max(resampler.maxOutput(BLOCK), resampler.maxDrain())];
    }

    void convert(short[] samples, int offset, int length, Output output) throws InterruptedException {
        for (int done = 0; done < length; done += BLOCK) {
            int block = Math.min(BLOCK, length - done);
            output.take(converted, 0, resampler.resample(samples, offset + done, block, converted, 0));
        }
    }

    void finish(Output output) throws InterruptedException {
        output.take(converted, 0, resampler.drain(converted, 0));
    }
}
