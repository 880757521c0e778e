package io.trunkline.media.codec;

import java.lang.foreign.MemorySegment;

/** The five rates that Opus codes at, and what else both directions check. */
final class OpusRates {
    private static final int[] RATES = {8000, 12_000, 16_000, 24_000, 48_000};

    private OpusRates() {}

    /** The lowest rate that carries {@code wanted}; 0 is all of it. */
    static int nearest(int wanted) {
        return wanted <= 0 ? 48_000 : RATES[bandwidth(wanted)];
    }

    /** 0 narrowband to 4 fullband. */
    static int bandwidth(int rate) {
        int index = 0;
        while (index < RATES.length - 1 && RATES[index] < rate) {
            index++;
        }
        return index;
    }

    static MemorySegment created(MemorySegment state) {
        if (state.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("libopus gave no state");
        }
        return state;
    }
}
