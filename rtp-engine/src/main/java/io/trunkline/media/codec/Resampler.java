package io.trunkline.media.codec;

import java.util.Arrays;
import java.util.Optional;

/**
 * Changes the sample rate of a stream, any rate to any other, by a polyphase windowed-sinc filter: flat to 85 % of the
 * lower Nyquist frequency, images and aliases below −60 dB. Delays by 24 samples of the lower rate. Integer arithmetic,
 * so that the inner product runs on the vector units.
 */
public final class Resampler {
    private static final int CHUNK = 480;

    private final int from;
    private final int to;
    private final ResamplerFilter filter;
    /** The samples still needed, then room for a chunk. */
    private final int[] window;

    private final Optional<BlockKernel> block;
    private int filled;
    /** Where the next output stands: input samples into the window, and {@code phase / steps} of one more. */
    private int position;

    private int phase;

    public Resampler(int from, int to) {
        this.from = from;
        this.to = to;
        filter = ResamplerFilter.of(from, to);
        window = new int[filter.taps() + CHUNK];
        block = BlockKernel.serves(filter) ? Optional.of(BlockKernel.of(filter, window.length)) : Optional.empty();
        reset();
    }

    /** Forgets the stream. */
    public void reset() {
        Arrays.fill(window, 0);
        filled = filter.taps() - 1;
        position = filter.taps() - 1;
        phase = 0;
    }

    /** The most samples that {@code length} more can become. */
    public int maxOutput(int length) {
        return from == to ? length : (int) ((long) length * to / from) + 2;
    }

    /**
     * Takes samples in and gives what they complete.
     *
     * @return samples written at {@code outOffset}
     */
    public int resample(short[] in, int offset, int length, short[] out, int outOffset) {
        if (from == to) {
            System.arraycopy(in, offset, out, outOffset, length);
            return length;
        }
        int written = 0;
        for (int done = 0; done < length; done += CHUNK) {
            int chunk = Math.min(CHUNK, length - done);
            for (int i = 0; i < chunk; i++) {
                window[filled + i] = in[offset + done + i];
            }
            filled += chunk;
            written += block.isPresent()
                    ? produce(block.get(), out, outOffset + written)
                    : produce(out, outOffset + written);
            keepTail();
        }
        return written;
    }

    /** What the filter still holds at the end of a stream, as if silence followed; the stream starts anew after it. */
    public int drain(short[] out, int outOffset) {
        int written = from == to ? 0 : resample(new short[filter.taps() / 2], 0, filter.taps() / 2, out, outOffset);
        reset();
        return written;
    }

    /** The most that {@link #drain} gives. */
    public int maxDrain() {
        return maxOutput(filter.taps() / 2);
    }

    private int produce(BlockKernel kernel, short[] out, int outOffset) {
        int count = position >= filled ? 0 : (filled - position + kernel.step() - 1) / kernel.step();
        kernel.run(window, position - filter.taps() + 1, count, out, outOffset);
        position += count * kernel.step();
        return count * filter.steps();
    }

    private int produce(short[] out, int outOffset) {
        int count = 0;
        int whole = filter.stepWhole();
        int rest = filter.stepRest();
        int steps = filter.steps();
        while (position < filled) {
            out[outOffset + count++] = filter.apply(window, position, phase);
            position += whole;
            phase += rest;
            if (phase >= steps) {
                phase -= steps;
                position++;
            }
        }
        return count;
    }

    private void keepTail() {
        int kept = filter.taps() - 1;
        int drop = filled - kept;
        System.arraycopy(window, drop, window, 0, kept);
        filled = kept;
        position -= drop;
    }
}
