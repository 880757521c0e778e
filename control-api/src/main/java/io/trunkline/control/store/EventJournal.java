package io.trunkline.control.store;

import io.trunkline.control.call.CallEvent;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Events on the local disk while PostgreSQL is away: what {@link #append} returned for survives a crash. Read back in
 * order, a batch at a time, and emptied when the last batch is stored. Bounded: when it is full, appending fails.
 *
 * <p>Blocks; called from one worker at a time, and guarded by itself so that anyone may ask how much waits.
 */
final class EventJournal implements AutoCloseable {
    private static final long MOST_BYTES = 2_000_000_000L;
    private static final int READ_BYTES = 4_000_000;

    private final FileChannel channel;
    private long readAt;
    private long nextAt;
    private long end;

    private EventJournal(FileChannel channel) throws IOException {
        this.channel = channel;
        this.end = channel.size();
    }

    static EventJournal open(Path folder) {
        try {
            Folders.create(folder, "rwx------");
            return new EventJournal(FileChannel.open(
                    folder.resolve("events"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new StorageException("the journal in " + folder + " cannot be opened: " + e, e);
        }
    }

    /** Returns when the lines are on the disk; a failed write leaves nothing behind. */
    synchronized void append(Buffer lines) throws IOException {
        if (end + lines.length() > MOST_BYTES) {
            throw new IOException("the journal is full");
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes());
        try {
            long at = end;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
            end = at;
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** The next events, at least one unless none is left; a line that a crash cut is skipped. */
    synchronized List<CallEvent> peek(int limit) throws IOException {
        List<CallEvent> events = new ArrayList<>();
        nextAt = readAt;
        while (events.isEmpty() && nextAt < end) {
            read(events, limit);
        }
        if (events.isEmpty()) {
            taken();
        }
        return events;
    }

    private void read(List<CallEvent> events, int limit) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(READ_BYTES, end - nextAt));
        int length = Math.max(0, channel.read(bytes, nextAt));
        int from = 0;
        for (int i = 0; i < length && events.size() < limit; i++) {
            if (bytes.get(i) == '\n') {
                JournalLine.read(new String(bytes.array(), from, i - from, StandardCharsets.UTF_8))
                        .ifPresent(events::add);
                from = i + 1;
            }
        }
        // Without a single end of line there is nothing but the cut last one.
        nextAt = from == 0 ? end : nextAt + from;
    }

    /** What was peeked at last is stored. */
    synchronized void taken() throws IOException {
        readAt = nextAt;
        if (readAt >= end) {
            channel.truncate(0);
            channel.force(true);
            readAt = 0;
            nextAt = 0;
            end = 0;
        }
    }

    synchronized boolean isEmpty() {
        return readAt >= end;
    }

    synchronized long waitingBytes() {
        return end - readAt;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
