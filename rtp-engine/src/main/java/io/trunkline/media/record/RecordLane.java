package io.trunkline.media.record;

import io.trunkline.media.loop.Handoff;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Between one loop and the writer: full chunks one way, empty ones back. When the writer lags, chunks are dropped. */
public final class RecordLane {
    private static final int CAPACITY = 8192;
    private static final int MOST_SPARE = 512;
    private static final int SPARE_FOR_ENDINGS = 4096;
    private static final int TURN_STRIDE = 7;

    /** Empty chunks of one size. */
    private record Spares(int capacity, Deque<RecordChunk> chunks) {}

    private final Handoff<RecordChunk> full = new Handoff<>(CAPACITY);
    private final Handoff<RecordChunk> empty = new Handoff<>(CAPACITY);
    private final List<Spares> pool = new ArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private int begun;

    RecordLane() {}

    Handoff<RecordChunk> full() {
        return full;
    }

    /** The writer's side. */
    void giveBack(RecordChunk chunk) {
        chunk.target = null;
        if (!empty.offer(chunk)) {
            // More chunks than places: this one is left to the collector.
            chunk.frames = 0;
        }
    }

    /** The loop's side: an empty chunk for so many frames. */
    RecordChunk take(int capacity) {
        RecordChunk back = empty.poll();
        while (back != null) {
            putBack(back);
            back = empty.poll();
        }
        RecordChunk chunk = pooled(capacity).poll();
        return chunk == null ? new RecordChunk(capacity) : chunk;
    }

    /** Few sizes, looked through without making an object. */
    private Deque<RecordChunk> pooled(int capacity) {
        for (int i = 0; i < pool.size(); i++) {
            if (pool.get(i).capacity() == capacity) {
                return pool.get(i).chunks();
            }
        }
        Spares first = new Spares(capacity, new ArrayDeque<>());
        pool.add(first);
        return first.chunks();
    }

    /** Which of so many moments is a recording's own to hand over its chunks: those begun together take turns. */
    int turnOf(int moments) {
        return begun++ * TURN_STRIDE % moments;
    }

    /** Hands sound over; false when the writer is too far behind, then the chunk is the caller's again. */
    boolean send(RecordChunk chunk) {
        boolean sent = full.offer(chunk, SPARE_FOR_ENDINGS);
        if (!sent) {
            dropped.incrementAndGet();
        }
        return sent;
    }

    /** Hands an opening or ending over, at this position. */
    boolean sendControl(RecordChunk.Kind kind, RecordTarget target, long position) {
        RecordChunk chunk = take(0);
        chunk.kind = kind;
        chunk.target = target;
        chunk.position = position;
        return full.offer(chunk);
    }

    /** A chunk that is empty again; after a backlog the surplus is left to the collector. */
    void putBack(RecordChunk chunk) {
        Deque<RecordChunk> pooled = pooled(chunk.left.length);
        if (pooled.size() < MOST_SPARE) {
            pooled.push(chunk);
        }
    }

    long dropped() {
        return dropped.get();
    }
}
