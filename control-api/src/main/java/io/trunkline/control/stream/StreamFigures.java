package io.trunkline.control.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What a stream has done so far; counted on its context, read by anyone. */
final class StreamFigures {
    static final int FRAME_MS = 20;

    private final long begun = System.nanoTime();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong misunderstood = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private long inboundChunk;
    private long outboundChunk;

    /** The next number of a track, whether the frame is sent or left out. */
    long nextChunk(boolean inbound) {
        return inbound ? ++inboundChunk : ++outboundChunk;
    }

    void onSent() {
        sent.incrementAndGet();
    }

    void onLeftOut() {
        leftOut.incrementAndGet();
    }

    void onMisunderstood() {
        misunderstood.incrementAndGet();
    }

    void onReconnected() {
        reconnects.incrementAndGet();
    }

    void onError() {
        errors.incrementAndGet();
    }

    Map<String, Object> describe(CallAudio audio) {
        Map<String, Object> data = new HashMap<>();
        data.put("duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        data.put("sent_ms", sent.get() * FRAME_MS);
        data.put("dropped_ms", leftOut.get() * FRAME_MS + audio.droppedMs());
        data.put("played_ms", audio.feed().playedMs());
        data.put("cleared_ms", audio.feed().clearedMs());
        data.put("unplayed_ms", audio.feed().waitingMs());
        data.put("reconnects", reconnects.get());
        data.put("misunderstood", misunderstood.get());
        return data;
    }
}
