package io.trunkline.media.graph;

import io.trunkline.media.loop.FrameQueue;
import java.util.Arrays;

/**
 * Samples on their way from one leg's turn to another's on the same loop. Both run on the same grid, so a tick or two is
 * all that ever waits; after a stall the surplus is dropped, so that no delay stays.
 */
final class PcmLine {
    private static final int MOST_MILLIS = 60;
    private static final int KEPT_MILLIS = 20;

    private final ToRate rate;
    private final FrameQueue queue;
    private final short[] dropped;

    PcmLine(int sampleRate) {
        rate = new ToRate(sampleRate);
        queue = new FrameQueue(sampleRate * (MOST_MILLIS + KEPT_MILLIS) / 1000);
        dropped = new short[sampleRate * MOST_MILLIS / 1000];
    }

    int rate() {
        return rate.rate();
    }

    void put(short[] samples, int length, int sampleRate) {
        int count = rate.convert(samples, length, sampleRate);
        queue.offer(rate.frame(samples), 0, count);
        int surplus = queue.waiting() - rate() * MOST_MILLIS / 1000;
        if (surplus > 0) {
            queue.poll(dropped, 0, queue.waiting() - rate() * KEPT_MILLIS / 1000);
        }
    }

    /** Fills {@code out}; what is missing is silence. */
    void take(short[] out, int samples) {
        int given = queue.poll(out, 0, samples);
        Arrays.fill(out, given, samples, (short) 0);
    }
}
