package io.trunkline.media.record;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.RecordingFile;
import io.trunkline.media.graph.Beeper;
import io.trunkline.media.graph.ToRate;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One recording of a leg, on its media loop: both directions of every tick go side by side into a buffer, so that the
 * channels can never drift apart.
 */
public final class LegRecorder {
    /** The id names the files: nothing that could name another folder. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** Recordings that begin together hand over their chunks one after another, a tick apart. */
    private static final int TURNS = 25;

    private final RecordSpec spec;
    private RecordLane lane;
    private final RecordTarget target;
    private final Consumer<MediaEvent> events;
    private final ToRate left;
    private final ToRate right;
    private final int chunkFrames;
    private final int turnFrames;
    private final long mostFrames;
    private final @Nullable Beeper beeper;
    private @Nullable RecordChunk chunk;
    private long position;
    private boolean paused;
    private boolean ended;

    /**
     * @param events called on the loop
     * @param laterEvents called on any thread, with how it ended
     */
    public LegRecorder(
            RecordSpec spec,
            int sampleRate,
            long startedAtMillis,
            RecordLane lane,
            Consumer<MediaEvent> events,
            Consumer<MediaEvent> laterEvents) {
        this.spec = spec;
        this.lane = lane;
        this.events = events;
        this.target = new RecordTarget(
                spec.id(),
                spec.stereo() ? 2 : 1,
                sampleRate,
                startedAtMillis,
                spec.trim(),
                result(spec.id(), laterEvents));
        this.left = new ToRate(sampleRate);
        this.right = new ToRate(sampleRate);
        this.chunkFrames = sampleRate / RecordChunk.CHUNKS_PER_SECOND;
        this.turnFrames = lane.turnOf(TURNS) * (chunkFrames / TURNS);
        this.mostFrames = spec.maxDuration()
                .map(longest -> longest.toMillis() * sampleRate / 1000)
                .orElse(Long.MAX_VALUE);
        this.beeper = spec.beepEvery().map(Beeper::new).orElse(null);
    }

    private static RecordTarget.Result result(String id, Consumer<MediaEvent> laterEvents) {
        return new RecordTarget.Result() {
            @Override
            public void completed(RecordingFile file) {
                laterEvents.accept(new MediaEvent.RecordingCompleted(file));
            }

            @Override
            public void absent(String reason) {
                laterEvents.accept(new MediaEvent.RecordingAbsent(id, reason));
            }
        };
    }

    public void start() {
        if (!PLAIN_NAME.matcher(spec.id()).matches()) {
            ended = true;
            events.accept(new MediaEvent.RecordingAbsent(spec.id(), "invalid_id"));
        } else if (lane.sendControl(RecordChunk.Kind.OPEN, target, 0)) {
            events.accept(new MediaEvent.RecordingStarted(spec.id()));
        } else {
            ended = true;
            events.accept(new MediaEvent.RecordingAbsent(spec.id(), "recorder_overloaded"));
        }
    }

    public String id() {
        return spec.id();
    }

    public int sampleRate() {
        return target.sampleRate;
    }

    /** What reminds both sides of it; null while it does not run, and where nobody asked for it. */
    public @Nullable Beeper beeper() {
        return paused || ended ? null : beeper;
    }

    /** The leg has moved to another loop: what waits goes by the old way, all else by the new one. */
    public void use(RecordLane other) {
        flush(RecordChunk.Kind.SOUND);
        lane = other;
    }

    public void pause(boolean wanted) {
        if (ended || paused == wanted) {
            return;
        }
        flush(RecordChunk.Kind.SOUND);
        paused = wanted;
        events.accept(wanted ? new MediaEvent.RecordingPaused(spec.id()) : new MediaEvent.RecordingResumed(spec.id()));
    }

    /** One tick of both directions. */
    public void onTick(short[] heard, short[] said, int samples, int sampleRate) {
        if (ended) {
            return;
        }
        int frames = left.convert(heard, samples, sampleRate);
        right.convert(said, samples, sampleRate);
        if (paused) {
            onPaused(frames);
        } else {
            write(left.frame(heard), right.frame(said), frames);
        }
        if (position + waiting() >= mostFrames) {
            stop();
        }
    }

    private void onPaused(int frames) {
        if (spec.silenceWhilePaused()) {
            sendEmpty(RecordChunk.Kind.SILENCE, frames);
        }
    }

    /** Ticks that never came: what was heard then is not known. */
    public void onSkipped(long frames) {
        if (!ended && !paused) {
            flush(RecordChunk.Kind.SOUND);
            sendEmpty(RecordChunk.Kind.GAP, frames);
        }
    }

    private void sendEmpty(RecordChunk.Kind kind, long frames) {
        RecordChunk empty = lane.take(0);
        empty.kind = kind;
        empty.target = target;
        empty.position = position;
        empty.frames = (int) frames;
        if (!lane.send(empty)) {
            lane.putBack(empty);
        }
        position += frames;
    }

    private void write(short[] heard, short[] said, int frames) {
        int done = 0;
        while (done < frames) {
            RecordChunk filling = chunk == null ? begin() : chunk;
            int now = Math.min(frames - done, filling.limit - filling.frames);
            System.arraycopy(heard, done, filling.left, filling.frames, now);
            System.arraycopy(said, done, filling.right, filling.frames, now);
            filling.frames += now;
            done += now;
            if (filling.frames == filling.limit) {
                flush(RecordChunk.Kind.SOUND);
            }
        }
    }

    private RecordChunk begin() {
        RecordChunk fresh = lane.take(chunkFrames);
        fresh.target = target;
        fresh.position = position;
        fresh.frames = 0;
        fresh.limit = chunkFrames - (int) ((position + turnFrames) % chunkFrames);
        chunk = fresh;
        return fresh;
    }

    private int waiting() {
        return chunk == null ? 0 : chunk.frames;
    }

    private void flush(RecordChunk.Kind kind) {
        RecordChunk full = chunk;
        chunk = null;
        if (full == null) {
            return;
        }
        full.kind = kind;
        position += full.frames;
        if (!lane.send(full)) {
            lane.putBack(full);
        }
    }

    /** The end: what waits is written, then the file is finished and reported. */
    public void stop() {
        if (ended) {
            return;
        }
        ended = true;
        flush(RecordChunk.Kind.SOUND);
        if (!lane.sendControl(RecordChunk.Kind.CLOSE, target, position)) {
            events.accept(new MediaEvent.RecordingAbsent(spec.id(), "recorder_overloaded"));
        }
    }

    public boolean hasEnded() {
        return ended;
    }
}
