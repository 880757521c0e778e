package io.trunkline.media.record;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a loop hands to the writer; the writer hands it back empty. */
final class RecordChunk {
    enum Kind {
        OPEN(0),
        SOUND(1),
        SILENCE(2),
        GAP(3),
        CLOSE(4);

        /** On disk. */
        final int code;

        Kind(int code) {
            this.code = code;
        }

        static Optional<Kind> of(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    /** Half a second, so that a crash loses less than one. */
    static final int CHUNKS_PER_SECOND = 2;

    /** What was heard and what was said, side by side; the writer weaves them. */
    final short[] left;

    final short[] right;
    Kind kind = Kind.SOUND;

    @Nullable
    RecordTarget target;

    long position;
    int frames;

    /** Where it is full: earlier for a recording's first one. */
    int limit;

    /** @param capacity in frames */
    RecordChunk(int capacity) {
        left = new short[capacity];
        right = new short[capacity];
    }
}
