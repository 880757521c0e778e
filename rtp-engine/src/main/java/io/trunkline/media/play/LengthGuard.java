package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import java.time.Duration;

/** Lets no more through than a playback may last: a small file can be a day of silence. */
final class LengthGuard implements AudioSink {
    static final Duration LONGEST = Duration.ofHours(4);

    private final AudioSink next;
    private long left = Long.MAX_VALUE;

    LengthGuard(AudioSink next) {
        this.next = next;
    }

    /** Tunnelled through {@link AudioSink}, whose methods throw no I/O errors; {@link AudioFile} unwraps it. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void start(int sampleRate) throws InterruptedException {
        left = LONGEST.toSeconds() * sampleRate;
        next.start(sampleRate);
    }

    @Override
    public void write(short[] samples, int offset, int length) throws InterruptedException {
        left -= length;
        if (left < 0) {
            throw new TooLong();
        }
        next.write(samples, offset, length);
    }
}
