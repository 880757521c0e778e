package io.trunkline.media.codec;

import java.util.Arrays;

/**
 * The filter of a {@link Resampler} that goes up by a whole factor or down to a half, for a whole chunk at once: tap by
 * tap over all outputs. The sums are floats because the compiler makes vector instructions of such a loop only when
 * what it reads cannot be what it writes, which it sees by their types.
 */
final class BlockKernel {
    private static final int LARGEST_STEP = 2;

    private final ResamplerFilter filter;
    private final int step;
    /** Every {@code step}-th sample of the window beside one another. */
    private final int[] lanes;

    private final int laneLength;
    private final float[] sums;

    private BlockKernel(ResamplerFilter filter, int windowLength) {
        this.filter = filter;
        step = Math.max(1, filter.stepWhole());
        laneLength = windowLength / step + 1;
        lanes = new int[step == 1 ? 0 : step * laneLength];
        sums = new float[laneLength];
    }

    static boolean serves(ResamplerFilter filter) {
        boolean up = filter.stepWhole() == 0 && filter.stepRest() == 1;
        boolean down = filter.stepWhole() <= LARGEST_STEP && filter.stepRest() == 0;
        return up || down;
    }

    static BlockKernel of(ResamplerFilter filter, int windowLength) {
        return new BlockKernel(filter, windowLength);
    }

    /** Inputs from one position to the next. */
    int step() {
        return step;
    }

    /** {@code count} positions, each with an output a phase; the first filter begins at {@code start}. */
    void run(int[] window, int start, int count, short[] out, int outOffset) {
        if (step > 1) {
            split(window);
        }
        int phases = filter.steps();
        for (int phase = 0; phase < phases; phase++) {
            Arrays.fill(sums, 0, count, ResamplerFilter.HALF);
            for (int tap = 0; tap < filter.taps(); tap++) {
                int at = start + tap;
                float coefficient = filter.coefficient(phase, tap);
                if (step == 1) {
                    accumulate(window, at, coefficient, sums, count);
                } else {
                    accumulate(lanes, at % step * laneLength + at / step, coefficient, sums, count);
                }
            }
            for (int i = 0; i < count; i++) {
                out[outOffset + i * phases + phase] = ResamplerFilter.sample((int) sums[i]);
            }
        }
    }

    private static void accumulate(int[] in, int at, float coefficient, float[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += in[at + i] * coefficient;
        }
    }

    private void split(int[] window) {
        for (int lane = 0; lane < step; lane++) {
            int to = lane * laneLength;
            for (int i = lane; i < window.length; i += step) {
                lanes[to++] = window[i];
            }
        }
    }
}
