package io.trunkline.media.record;

import io.trunkline.media.RecordingFile.Gap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** What of a recording is really there: how many frames, and between which of them nothing was recorded (silence). */
record Contents(long frames, List<Span> missing) {
    private static final long MOST_FRAMES = 48_000L * 3600 * 48;
    private static final int BLOCK_FRAMES = 4096;

    /** {@code [from, to)} in frames. */
    record Span(long from, long to) {}

    /** Checks every segment against its checksum; {@code entries} are in order of position. */
    static Contents verify(FileChannel file, SegmentIndex.Head head, List<SegmentIndex.Entry> entries)
            throws IOException {
        long end = 0;
        List<Span> missing = new ArrayList<>();
        for (SegmentIndex.Entry entry : entries) {
            if (entry.position() < end || entry.frames() < 0 || entry.position() > MOST_FRAMES) {
                continue;
            }
            if (entry.position() > end) {
                missing.add(new Span(end, entry.position()));
            }
            end = entry.position() + entry.frames();
            if (!holds(file, head, entry)) {
                missing.add(new Span(entry.position(), end));
                silence(file, head, entry);
            }
        }
        return new Contents(end, missing);
    }

    private static boolean holds(FileChannel file, SegmentIndex.Head head, SegmentIndex.Entry entry)
            throws IOException {
        return switch (entry.kind()) {
            case GAP -> false;
            case SILENCE, OPEN, CLOSE -> true;
            case SOUND -> checksum(file, head, entry) == entry.crc();
        };
    }

    private static void silence(FileChannel file, SegmentIndex.Head head, SegmentIndex.Entry entry) throws IOException {
        int frameBytes = 2 * head.channels();
        ByteBuffer zeros = ByteBuffer.allocate(BLOCK_FRAMES * frameBytes);
        for (long frame = entry.position(); frame < entry.position() + entry.frames(); frame += BLOCK_FRAMES) {
            long left = Math.min(BLOCK_FRAMES, entry.position() + entry.frames() - frame);
            file.write(zeros.clear().limit((int) left * frameBytes), WavHeader.BYTES + frame * frameBytes);
        }
    }

    private static int checksum(FileChannel file, SegmentIndex.Head head, SegmentIndex.Entry entry) throws IOException {
        int frameBytes = 2 * head.channels();
        long bytes = (long) entry.frames() * frameBytes;
        if (bytes > 48_000L * frameBytes) {
            return ~entry.crc();
        }
        ByteBuffer data = ByteBuffer.allocate((int) bytes);
        long at = WavHeader.BYTES + entry.position() * frameBytes;
        while (data.hasRemaining()) {
            int read = file.read(data, at + data.position());
            if (read < 0) {
                return ~entry.crc();
            }
        }
        return SegmentIndex.crc(data.array(), 0, data.limit());
    }

    boolean misses(long from, long to) {
        return missing.stream().anyMatch(span -> span.from() < to && from < span.to());
    }

    /** Whether there should be more than these, which a full disk did not take. */
    boolean missesAfter(long frames) {
        return frames < this.frames;
    }

    /** The same without what is before {@code first} and from {@code last} on. */
    Contents between(long first, long last) {
        List<Span> kept = missing.stream()
                .map(span -> new Span(Math.max(span.from(), first) - first, Math.min(span.to(), last) - first))
                .filter(span -> span.from() < span.to())
                .toList();
        return new Contents(last - first, kept);
    }

    /** The same with all that is missing before {@code frames} at the end. */
    Contents upTo(long frames) {
        if (frames <= this.frames) {
            return this;
        }
        List<Span> more = new ArrayList<>(missing);
        more.add(new Span(this.frames, frames));
        return new Contents(frames, more);
    }

    /** The missing spans in milliseconds, neighbours joined. */
    List<Gap> gapsMillis(int sampleRate) {
        List<Gap> gaps = new ArrayList<>();
        for (Span span : missing) {
            Gap gap = new Gap(span.from() * 1000 / sampleRate, (span.to() * 1000 + sampleRate - 1) / sampleRate);
            if (!gaps.isEmpty() && gaps.getLast().toMs() >= gap.fromMs()) {
                gap = new Gap(gaps.removeLast().fromMs(), gap.toMs());
            }
            gaps.add(gap);
        }
        return gaps;
    }
}
