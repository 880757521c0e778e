package io.trunkline.media;

import io.trunkline.media.loop.FrameQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames on their way from a tap to one reader elsewhere, either direction by itself. Full, it drops what is newest and
 * counts: a reader that stands still costs the call nothing.
 */
public final class TapBuffer implements AudioTap {
    private final FrameQueue heard;
    private final FrameQueue said;
    private final AtomicLong droppedSamples = new AtomicLong();

    /** @param samples how many of each direction may wait */
    public TapBuffer(int samples) {
        heard = new FrameQueue(samples);
        said = new FrameQueue(samples);
    }

    @Override
    public void onFrame(boolean inbound, short[] samples, int length, long timestampMs) {
        FrameQueue queue = inbound ? heard : said;
        if (queue.capacity() - queue.waiting() < length) {
            droppedSamples.lazySet(droppedSamples.get() + length);
        } else {
            queue.offer(samples, 0, length);
        }
    }

    /** Takes exactly {@code frame.length} samples, or none when so many are not there yet. */
    public boolean poll(boolean inbound, short[] frame) {
        FrameQueue queue = inbound ? heard : said;
        return queue.waiting() >= frame.length && queue.poll(frame, 0, frame.length) == frame.length;
    }

    public long droppedSamples() {
        return droppedSamples.get();
    }
}
