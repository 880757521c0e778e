package io.trunkline.media.play;

import java.util.Arrays;

/**
 * Samples that one thread appends while others already read them: the array is replaced when it grows, the count is
 * published last.
 */
final class GrowingAudio {
    private static final int FIRST_SAMPLES = 8000;

    private volatile short[] samples = new short[FIRST_SAMPLES];
    private volatile int count;
    private volatile boolean complete;

    void append(short[] from, int offset, int length) {
        int end = count + length;
        if (end > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(end, samples.length + samples.length / 2));
        }
        System.arraycopy(from, offset, samples, count, length);
        count = end;
    }

    void complete() {
        samples = Arrays.copyOf(samples, count);
        complete = true;
    }

    /** Valid up to {@link #count}, which is to be asked first. */
    short[] samples() {
        return samples;
    }

    int count() {
        return count;
    }

    boolean isComplete() {
        return complete;
    }
}
