package io.trunkline.media.record;

import io.trunkline.media.RecordingFile;
import org.jspecify.annotations.Nullable;

/** One recording as loop, writer and finisher know it; the file belongs to the writer. */
final class RecordTarget {
    final String id;
    final int channels;
    final int sampleRate;
    final long startedAtMillis;
    final boolean trim;
    private final Result result;

    @Nullable
    SegmentFile file;

    String failure = "";

    /** How it ended; called on any thread. */
    interface Result {
        void completed(RecordingFile file);

        void absent(String reason);
    }

    RecordTarget(String id, int channels, int sampleRate, long startedAtMillis, boolean trim, Result result) {
        this.id = id;
        this.channels = channels;
        this.sampleRate = sampleRate;
        this.startedAtMillis = startedAtMillis;
        this.trim = trim;
        this.result = result;
    }

    int frameBytes() {
        return 2 * channels;
    }

    Result result() {
        return result;
    }
}
