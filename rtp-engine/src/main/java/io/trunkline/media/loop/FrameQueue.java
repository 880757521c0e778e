package io.trunkline.media.loop;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Samples on their way between a media loop and one other thread: one writer, one reader, bounded, without a lock. A
 * full queue takes what fits; the writer decides whether to wait (a virtual thread) or to drop and count (a loop).
 */
public final class FrameQueue {
    private final short[] samples;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private volatile boolean ended;

    public FrameQueue(int capacity) {
        samples = new short[capacity];
    }

    /** Takes as many samples as there is room for and returns how many. */
    public int offer(short[] from, int offset, int count) {
        long end = written.get();
        int taken = (int) Math.min(count, samples.length - (end - read.get()));
        copyIn(from, offset, taken, (int) (end % samples.length));
        written.lazySet(end + taken);
        return taken;
    }

    private void copyIn(short[] from, int offset, int count, int at) {
        int first = Math.min(count, samples.length - at);
        System.arraycopy(from, offset, samples, at, first);
        System.arraycopy(from, offset + first, samples, 0, count - first);
    }

    /** Gives at most {@code count} samples and returns how many. */
    public int poll(short[] into, int offset, int count) {
        long start = read.get();
        int given = (int) Math.min(count, written.get() - start);
        int at = (int) (start % samples.length);
        int first = Math.min(given, samples.length - at);
        System.arraycopy(samples, at, into, offset, first);
        System.arraycopy(samples, 0, into, offset + first, given - first);
        read.lazySet(start + given);
        return given;
    }

    /** The writer has no more. */
    public void end() {
        ended = true;
    }

    /** Everything that will ever come has been read. */
    public boolean isDrained() {
        return ended && waiting() == 0;
    }

    public int waiting() {
        return (int) (written.get() - read.get());
    }

    public int capacity() {
        return samples.length;
    }
}
