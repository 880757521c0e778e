package io.trunkline.control.sandbox;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.AudioTap;
import io.trunkline.media.TapSpec;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Plays back what is heard. When the player falls behind, the oldest frame waiting is dropped. */
final class Echo implements AudioTap, AudioSource {
    private static final int RATE = 8000;

    static final TapSpec SPEC = new TapSpec(true, false, RATE);

    private final BlockingQueue<short[]> frames = new ArrayBlockingQueue<>(25);

    @Override
    public void onFrame(boolean inbound, short[] samples, int length, long timestampMs) {
        short[] frame = Arrays.copyOf(samples, length);
        while (!frames.offer(frame)) {
            frames.poll();
        }
    }

    /** Until the playback is stopped, which interrupts the writer. */
    @Override
    public void writeTo(AudioSink sink) throws InterruptedException {
        sink.start(RATE);
        while (!Thread.currentThread().isInterrupted()) {
            short[] frame = frames.take();
            sink.write(frame, 0, frame.length);
        }
    }
}
