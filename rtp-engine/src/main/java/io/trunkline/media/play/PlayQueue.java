package io.trunkline.media.play;

import io.trunkline.media.Codec;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaEvent.PlaybackFinished;
import io.trunkline.media.Playback;
import io.trunkline.media.PlaybackEnd;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a leg says, one playback after another. Every one of them ends exactly once, with what was heard of it. */
public final class PlayQueue {
    private static final int MOST_WAITING = 1000;

    private final Deque<PlayItem> items = new ArrayDeque<>();
    private final Consumer<MediaEvent> events;
    private @Nullable Codec codec;
    private @Nullable EncodedFrame lastEncoded;

    public PlayQueue(Consumer<MediaEvent> events) {
        this.events = events;
    }

    /** The codec frames are wanted in; what is playing goes on in the new one. */
    public void codec(Codec wanted) {
        codec = wanted;
        for (PlayItem item : items) {
            item.retune(wanted);
        }
    }

    /** Queues; more than {@value #MOST_WAITING} waiting are refused, each with its own ending. */
    public void add(Playback playback, Optional<Prompt> prompt) {
        if (playback.interrupts()) {
            endAll(PlaybackEnd.INTERRUPTED);
        }
        PlayItem item = new PlayItem(playback, prompt.orElse(null));
        if (items.size() >= MOST_WAITING) {
            events.accept(item.finished(PlaybackEnd.FAILED, "too many playbacks are waiting"));
            return;
        }
        items.add(item);
    }

    /** Writes the next frame; false, and nothing written, while nothing plays. */
    public boolean next(short[] out, int samples) {
        lastEncoded = null;
        PlayItem item = items.peekFirst();
        while (item != null && codec != null) {
            if (!item.begin(codec, events)) {
                return false;
            }
            int given = item.read(out, samples);
            if (given > 0) {
                Arrays.fill(out, given, samples, (short) 0);
                lastEncoded = item.encoded(samples);
                return true;
            }
            if (!item.hasEnded()) {
                return false;
            }
            finish(item);
            item = items.peekFirst();
        }
        return false;
    }

    private void finish(PlayItem item) {
        items.remove(item);
        String failure = item.failure();
        events.accept(item.finished(failure.isEmpty() ? PlaybackEnd.COMPLETED : PlaybackEnd.FAILED, failure));
    }

    /** The last frame's payload when it is shared and unchanged; null when it has to be encoded. */
    public @Nullable EncodedFrame lastEncoded() {
        return lastEncoded;
    }

    /** Ends one playback, or all when empty. */
    public void stop(Optional<String> playbackId) {
        for (PlayItem item : List.copyOf(items)) {
            if (playbackId.isEmpty() || playbackId.get().equals(item.id())) {
                items.remove(item);
                item.abandon();
                events.accept(item.finished(PlaybackEnd.STOPPED, ""));
            }
        }
    }

    private void endAll(PlaybackEnd reason) {
        for (PlaybackFinished ended : drain(reason)) {
            events.accept(ended);
        }
    }

    /** Empties the queue; what was in it, as it ended. */
    public List<PlaybackFinished> drain(PlaybackEnd reason) {
        List<PlaybackFinished> ended = new ArrayList<>();
        for (PlayItem item : items) {
            item.abandon();
            ended.add(item.finished(reason, ""));
        }
        items.clear();
        return ended;
    }

    public void pause(String playbackId, boolean paused) {
        for (PlayItem item : items) {
            if (item.id().equals(playbackId)) {
                item.pause(paused);
            }
        }
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }
}
