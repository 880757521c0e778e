package io.trunkline.media.play;

import io.trunkline.media.Codec;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaEvent.PlaybackFinished;
import io.trunkline.media.MediaEvent.PlaybackStarted;
import io.trunkline.media.Playback;
import io.trunkline.media.PlaybackEnd;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One playback in the queue: waiting, playing, paused, at its last repeat. */
final class PlayItem {
    private final Playback playback;
    private final @Nullable Prompt prompt;
    private final int gain;
    private @Nullable FrameReader reader;
    private int sampleRate = 8000;
    private int passes;
    private boolean passGaveSound;
    private boolean started;
    private boolean paused;
    private long playedMicros;
    /** Of this repeat alone. */
    private long passMicros;

    PlayItem(Playback playback, @Nullable Prompt prompt) {
        this.playback = playback;
        this.prompt = prompt;
        this.gain = Gain.fixedPoint(playback.gainDb());
    }

    String id() {
        return playback.id();
    }

    void retune(Codec codec) {
        sampleRate = PcmRate.of(codec);
        if (reader instanceof LiveReader live) {
            live.retune(sampleRate);
        } else if (reader != null && prompt != null) {
            reader = new PromptReader(prompt, codec).at(passMicros);
        }
    }

    /** True when there is something to play now; says so the first time. */
    boolean begin(Codec codec, Consumer<MediaEvent> events) {
        FrameReader open = reader == null ? open(codec) : reader;
        if (paused || (!started && !open.isReady())) {
            return false;
        }
        if (!started) {
            started = true;
            events.accept(new PlaybackStarted(playback.id()));
        }
        return true;
    }

    private FrameReader open(Codec codec) {
        sampleRate = PcmRate.of(codec);
        FrameReader opened =
                prompt == null ? new LiveReader(playback.source(), sampleRate) : new PromptReader(prompt, codec);
        reader = opened;
        return opened;
    }

    int read(short[] out, int samples) {
        FrameReader open = reader;
        if (open == null) {
            return 0;
        }
        int given = open.read(out, samples);
        if (given == 0 && open.isDrained() && wantsAnotherPass(open)) {
            passes++;
            passGaveSound = false;
            passMicros = 0;
            open.rewind();
            given = open.read(out, samples);
        }
        passGaveSound |= given > 0;
        playedMicros += given * 1_000_000L / sampleRate;
        passMicros += given * 1_000_000L / sampleRate;
        Gain.apply(out, given, gain);
        return given;
    }

    private boolean wantsAnotherPass(FrameReader open) {
        boolean repeatsLeft = playback.repeats() == 0 || passes + 1 < playback.repeats();
        return repeatsLeft && passGaveSound && open.failure().isEmpty();
    }

    @Nullable
    EncodedFrame encoded(int samples) {
        return gain == Gain.UNITY && reader != null ? reader.encoded(samples) : null;
    }

    boolean hasEnded() {
        return reader != null && reader.isDrained() && !wantsAnotherPass(reader);
    }

    String failure() {
        return reader == null ? "" : reader.failure();
    }

    void pause(boolean wanted) {
        paused = wanted;
    }

    void abandon() {
        if (reader != null) {
            reader.abandon();
        }
    }

    PlaybackFinished finished(PlaybackEnd reason, String detail) {
        long length = prompt == null ? 0 : prompt.lengthMs();
        return new PlaybackFinished(playback.id(), playedMicros / 1000, length, reason, detail);
    }
}
