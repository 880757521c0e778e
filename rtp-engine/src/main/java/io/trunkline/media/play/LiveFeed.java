package io.trunkline.media.play;

import io.trunkline.media.AudioFeed;
import io.trunkline.media.FeedListener;
import io.trunkline.media.FeedSpec;
import io.trunkline.media.codec.Resampler;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A live feed's queue: a chain of sound, marks and clears that one thread lengthens and the leg's media loop shortens,
 * without a lock and without garbage on the loop's side. After a pause it waits for {@value #READY_MS} ms, or as long,
 * so that a sender with jitter is not chopped; a mark says that nothing more is to be waited for.
 */
public final class LiveFeed implements AudioFeed {
    private static final int READY_MS = 60;
    private static final int PATIENCE_TURNS = 3;
    private static final int MOST_MARKS = 10_000;
    private static final int LONGEST_TURN_MS = 20;
    private static final short[] NO_SOUND = {};

    private final int sampleRate;
    private final long bound;
    private final FeedListener listener;
    private final Runnable onClose;

    /** A link of the chain: sound, or a mark's name, or neither, which is a clear. */
    private static final class Link {
        private final short[] samples;
        private final @Nullable String mark;
        private volatile @Nullable Link next;

        Link(short[] samples, @Nullable String mark) {
            this.samples = samples;
            this.mark = mark;
        }

        boolean isClear() {
            return samples.length == 0 && mark == null;
        }
    }

    // The writer's.
    private Link last;
    // Both sides'.
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong reached = new AtomicLong();
    private final AtomicLong cleared = new AtomicLong();
    private final AtomicInteger clearsAsked = new AtomicInteger();
    private final AtomicInteger marksWaiting = new AtomicInteger();
    private volatile boolean paused;
    // The loop's.
    private Link current;
    private int offset;
    private int clearsDone;
    private boolean flowing;
    private boolean drained = true;
    private int turnsWaited;
    private int legRate;
    private final short[] frame;
    private short[] converted = NO_SOUND;
    private @Nullable Resampler toLeg;

    public LiveFeed(FeedSpec spec, FeedListener listener, Runnable onClose) {
        this.sampleRate = spec.sampleRate();
        this.bound = spec.bound().toMillis() * sampleRate / 1000;
        this.listener = listener;
        this.onClose = onClose;
        this.legRate = sampleRate;
        this.frame = new short[sampleRate * LONGEST_TURN_MS / 1000];
        this.current = new Link(NO_SOUND, "");
        this.last = current;
    }

    @Override
    public int offer(short[] samples, int from, int length) {
        int taken = Math.clamp(bound - waiting(), 0, length);
        if (taken > 0) {
            short[] copy = new short[taken];
            System.arraycopy(samples, from, copy, 0, taken);
            append(new Link(copy, null));
            offered.addAndGet(taken);
        }
        return taken;
    }

    @Override
    public boolean mark(String name) {
        if (marksWaiting.get() >= MOST_MARKS) {
            return false;
        }
        marksWaiting.incrementAndGet();
        append(new Link(NO_SOUND, name));
        return true;
    }

    @Override
    public void clear() {
        append(new Link(NO_SOUND, null));
        clearsAsked.incrementAndGet();
    }

    private void append(Link link) {
        last.next = link;
        last = link;
    }

    @Override
    public void pause(boolean wanted) {
        paused = wanted;
    }

    /** On the loop, once a turn before {@link #next}: does clears, tells marks whose sound has had its time. */
    public void turn() {
        while (clearsDone != clearsAsked.get()) {
            dropToClear();
        }
        tellMarks();
        if (!drained && waiting() == 0) {
            drained = true;
            listener.onDrained(playedMs());
        }
    }

    private void dropToClear() {
        long before = reached.get();
        long dropped = (long) current.samples.length - offset;
        Link link = Objects.requireNonNull(current.next);
        while (!link.isClear()) {
            dropped += link.samples.length;
            tellUnplayed(link);
            link = Objects.requireNonNull(link.next);
        }
        current = link;
        offset = 0;
        clearsDone++;
        cleared.addAndGet(dropped);
        reached.addAndGet(dropped);
        flowing = false;
        drained = true;
        if (toLeg != null) {
            toLeg.reset();
        }
        listener.onCleared(toMs(before), playedMs(), toMs(dropped));
    }

    private void tellUnplayed(Link link) {
        if (link.mark != null) {
            marksWaiting.decrementAndGet();
            listener.onMark(link.mark, false, playedMs());
        }
    }

    private void tellMarks() {
        Link next = current.next;
        while (offset >= current.samples.length && next != null && next.samples.length == 0 && next.mark != null) {
            current = next;
            offset = 0;
            marksWaiting.decrementAndGet();
            listener.onMark(String.valueOf(next.mark), true, playedMs());
            next = current.next;
        }
    }

    /** Writes the next frame at the leg's rate; false, and nothing written, while there is nothing to say. */
    public boolean next(short[] out, int samples, int rate) {
        tune(rate);
        int wanted = samples * sampleRate / rate;
        if (paused || !mayTake(wanted)) {
            return false;
        }
        drained = false;
        int given = take(wanted);
        Arrays.fill(frame, given, wanted, (short) 0);
        Resampler converter = toLeg;
        if (converter == null) {
            System.arraycopy(frame, 0, out, 0, samples);
        } else {
            int made = converter.resample(frame, 0, wanted, converted, 0);
            System.arraycopy(converted, 0, out, 0, Math.min(made, samples));
            Arrays.fill(out, Math.min(made, samples), samples, (short) 0);
        }
        return true;
    }

    private void tune(int rate) {
        if (rate != legRate) {
            legRate = rate;
            Resampler fresh = rate == sampleRate ? null : new Resampler(sampleRate, rate);
            toLeg = fresh;
            converted = fresh == null ? NO_SOUND : new short[fresh.maxOutput(frame.length)];
        }
    }

    private boolean mayTake(int wanted) {
        long waiting = waiting();
        boolean enough = flowing ? waiting >= wanted : waiting >= (long) READY_MS * sampleRate / 1000;
        if (enough) {
            flowing = true;
            turnsWaited = 0;
            return true;
        }
        flowing = false;
        if (waiting == 0) {
            turnsWaited = 0;
            return false;
        }
        turnsWaited++;
        if (marksWaiting.get() > 0 || turnsWaited > PATIENCE_TURNS) {
            flowing = waiting >= wanted;
            return true;
        }
        return false;
    }

    /** Sound up to the next mark, or so much; what a mark cuts off goes on behind it, without a gap. */
    private int take(int wanted) {
        int given = 0;
        while (given < wanted && waiting() > 0) {
            if (offset >= current.samples.length) {
                Link next = current.next;
                if (next == null || next.isClear()) {
                    break;
                }
                tellPassed(next);
                current = next;
                offset = 0;
            }
            int part = Math.min(wanted - given, current.samples.length - offset);
            System.arraycopy(current.samples, offset, frame, given, part);
            offset += part;
            given += part;
            reached.addAndGet(part);
        }
        return given;
    }

    /** A mark within a frame: told with it, less than a frame early. */
    private void tellPassed(Link link) {
        if (link.mark != null) {
            marksWaiting.decrementAndGet();
            listener.onMark(link.mark, true, playedMs());
        }
    }

    private long waiting() {
        return Math.max(0, offered.get() - reached.get());
    }

    private long toMs(long samples) {
        return samples * 1000 / sampleRate;
    }

    @Override
    public long waitingMs() {
        return toMs(waiting());
    }

    @Override
    public long playedMs() {
        return toMs(reached.get() - cleared.get());
    }

    @Override
    public long clearedMs() {
        return toMs(cleared.get());
    }

    public boolean isEmpty() {
        return waiting() == 0;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
