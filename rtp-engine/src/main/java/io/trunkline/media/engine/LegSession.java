package io.trunkline.media.engine;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AudioTap;
import io.trunkline.media.Direction;
import io.trunkline.media.LegStats;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.TapSpec;
import io.trunkline.media.loop.MediaLoop;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.play.Prompt;
import io.trunkline.media.play.PromptCache;
import io.trunkline.media.sdp.LocalMedia;
import io.trunkline.media.sdp.MediaPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The controlling thread's handle on a leg: negotiates here and now, sends everything else to the leg's loop. */
final class LegSession implements MediaSession {
    private final String id;
    private final MediaLoop loop;
    private final Leg leg;
    private final PromptCache prompts;
    private final List<AddressBlock> alsoFrom;
    private final LongSupplier nanoClock;
    private final Negotiator negotiator;

    LegSession(
            String id,
            MediaLoop loop,
            Leg leg,
            LocalMedia local,
            List<AddressBlock> alsoFrom,
            PromptCache prompts,
            LongSupplier nanoClock) {
        this.id = id;
        this.loop = loop;
        this.leg = leg;
        this.alsoFrom = alsoFrom;
        this.prompts = prompts;
        this.nanoClock = nanoClock;
        this.negotiator = new Negotiator(local, this::agreed);
    }

    private void agreed(MediaPlan plan) {
        send(it -> it.apply(plan, alsoFrom, nanoClock.getAsLong()));
    }

    /** A command for the loop; after the end there is nothing to command. */
    private void send(Consumer<Leg> command) {
        loop.execute(() -> {
            if (!leg.isClosed()) {
                command.accept(leg);
            }
        });
    }

    MediaLoop loop() {
        return loop;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String createOffer() {
        return negotiator.offer();
    }

    @Override
    public Negotiation acceptAnswer(String sdp) {
        return negotiator.acceptAnswer(sdp);
    }

    @Override
    public Negotiation answerOffer(String sdp) {
        return negotiator.answer(sdp);
    }

    @Override
    public void direction(Direction direction) {
        negotiator.direction(direction);
    }

    @Override
    public void play(Playback playback) {
        Optional<Prompt> prompt = prompts.find(playback.source());
        send(it -> it.playQueue().add(playback, prompt));
    }

    @Override
    public void stopPlayback(Optional<String> playbackId) {
        send(it -> it.playQueue().stop(playbackId));
    }

    @Override
    public void pausePlayback(String playbackId) {
        send(it -> it.playQueue().pause(playbackId, true));
    }

    @Override
    public void resumePlayback(String playbackId) {
        send(it -> it.playQueue().pause(playbackId, false));
    }

    @Override
    public void sendDigits(String digits) {}

    @Override
    public void record(RecordSpec spec) {
        send(it -> it.record(spec));
    }

    @Override
    public void pauseRecording(String recordingId) {
        send(it -> it.recorders().pause(recordingId, true));
    }

    @Override
    public void resumeRecording(String recordingId) {
        send(it -> it.recorders().pause(recordingId, false));
    }

    @Override
    public void stopRecording(String recordingId) {
        send(it -> it.recorders().stop(recordingId));
    }

    @Override
    public void detect(AmdSpec spec) {}

    @Override
    public void stopDetecting() {}

    @Override
    public void addTap(String tapId, TapSpec spec, AudioTap tap) {}

    @Override
    public void removeTap(String tapId) {}

    @Override
    public void mute(boolean outbound, boolean inbound) {
        send(it -> it.graph().mute(outbound, inbound));
    }

    @Override
    public void bridge(MediaSession other) {}

    @Override
    public void unbridge() {}

    @Override
    public LegStats stats() {
        return leg.stats();
    }

    @Override
    public void close() {
        send(Leg::close);
    }
}
