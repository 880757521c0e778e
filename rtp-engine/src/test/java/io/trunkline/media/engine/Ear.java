package io.trunkline.media.engine;

import io.trunkline.media.AudioTap;
import java.util.Arrays;

/** Keeps everything a tap hears. */
final class Ear implements AudioTap {
    private short[] samples = new short[8000];
    private int count;

    @Override
    public void onFrame(boolean inbound, short[] frame, int length, long timestampMs) {
        if (count + length > samples.length) {
            samples = Arrays.copyOf(samples, 2 * (count + length));
        }
        System.arraycopy(frame, 0, samples, count, length);
        count += length;
    }

    short[] last(int wanted) {
        return Arrays.copyOfRange(samples, count - wanted, count);
    }

    /** Half a second, when all has settled. */
    short[] lastSecondHalf() {
        return last(4000);
    }
}
