package io.trunkline.media.record;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * An unfinished recording on disk: the WAV file, whose places hold silence until written, and its index. A segment's
 * samples are written before its entry, so that an entry never speaks of what is not there. Written by the writer's
 * thread alone.
 */
final class SegmentFile implements AutoCloseable {
    private final RecordTarget target;
    private final Path wav;
    private final Path index;
    private final FileChannel samples;
    private final FileChannel entries;
    private volatile long frames;
    private long entriesEnd;
    private volatile boolean dirty;

    private SegmentFile(RecordTarget target, Path wav, FileChannel samples, Path index, FileChannel entries) {
        this.target = target;
        this.wav = wav;
        this.samples = samples;
        this.index = index;
        this.entries = entries;
    }

    static SegmentFile create(Path folder, RecordTarget target) throws IOException {
        Path wav = folder.resolve(target.id + ".wav");
        Path index = indexOf(wav);
        FileChannel entries = FileChannel.open(index, CREATE_NEW, WRITE);
        try {
            FileChannel samples = FileChannel.open(wav, CREATE_NEW, READ, WRITE);
            SegmentFile file = new SegmentFile(target, wav, samples, index, entries);
            file.writeHeads();
            return file;
        } catch (IOException e) {
            entries.close();
            throw e;
        }
    }

    static Path indexOf(Path wav) {
        return wav.resolveSibling(wav.getFileName() + ".index");
    }

    private void writeHeads() throws IOException {
        writeAll(samples, WavHeader.of(target.sampleRate, target.channels, 0), 0);
        ByteBuffer head = SegmentIndex.encode(
                new SegmentIndex.Head(target.id, target.sampleRate, target.channels, target.startedAtMillis));
        writeAll(entries, head, 0);
        entriesEnd = head.limit();
    }

    void write(RecordChunk chunk, Weaver weaver) throws IOException {
        int crc = chunk.kind == RecordChunk.Kind.SOUND ? writeSound(chunk, weaver) : 0;
        SegmentIndex.Entry entry = new SegmentIndex.Entry(chunk.kind, chunk.position, chunk.frames, crc);
        writeAll(entries, SegmentIndex.encode(entry), entriesEnd);
        entriesEnd += SegmentIndex.ENTRY_BYTES;
        frames = Math.max(frames, chunk.position + chunk.frames);
        dirty = true;
    }

    private int writeSound(RecordChunk chunk, Weaver weaver) throws IOException {
        ByteBuffer sound = weaver.weave(chunk, target.channels);
        int crc = SegmentIndex.crc(sound);
        writeAll(samples, sound.rewind(), WavHeader.BYTES + chunk.position * target.frameBytes());
        return crc;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** From the syncing thread: makes all of it durable, and playable as far as it goes. */
    void sync() throws IOException {
        if (dirty) {
            dirty = false;
            writeAll(samples, WavHeader.of(target.sampleRate, target.channels, frames * target.frameBytes()), 0);
            samples.force(false);
            entries.force(false);
        }
    }

    Path wav() {
        return wav;
    }

    Path index() {
        return index;
    }

    @Override
    public void close() throws IOException {
        samples.close();
        entries.close();
    }
}
