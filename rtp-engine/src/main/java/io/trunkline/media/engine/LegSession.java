package io.trunkline.media.engine;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AudioFeed;
import io.trunkline.media.AudioSource;
import io.trunkline.media.AudioTap;
import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.FeedListener;
import io.trunkline.media.FeedSpec;
import io.trunkline.media.LegStats;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.TapSpec;
import io.trunkline.media.amd.Model;
import io.trunkline.media.ice.IceCandidate;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.play.LiveFeed;
import io.trunkline.media.play.Prompt;
import io.trunkline.media.play.PromptCache;
import io.trunkline.media.sdp.LocalMedia;
import io.trunkline.media.sdp.MediaPlan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The controlling thread's handle on a leg: negotiates here and now, sends everything else to the leg's loop. */
final class LegSession implements MediaSession {
    private final String id;
    private final Leg leg;
    private final PromptCache prompts;
    private final List<AddressBlock> alsoFrom;
    private final Model model;
    private final Negotiator negotiator;
    private final LegSecurity security;
    /** What is spoken, or is likely to be. */
    private volatile Codec codec;

    LegSession(
            String id,
            Leg leg,
            LocalMedia local,
            LegSecurity security,
            List<AddressBlock> alsoFrom,
            PromptCache prompts,
            Model model) {
        this.id = id;
        this.leg = leg;
        this.alsoFrom = alsoFrom;
        this.prompts = prompts;
        this.model = model;
        this.security = security;
        this.codec = local.codecs().getFirst();
        this.negotiator = new Negotiator(local, this::agreed);
    }

    private void agreed(MediaPlan plan, boolean weOffered) {
        codec = plan.codec();
        SecureTransport transport = security.agreed(plan.security(), weOffered);
        send(it -> it.apply(plan, transport, alsoFrom));
    }

    /** A command for the loop; after the end there is nothing to command. */
    void send(Consumer<Leg> command) {
        Lane lane = leg.lane();
        lane.loop().execute(() -> run(lane, command));
    }

    private void run(Lane here, Consumer<Leg> command) {
        if (!here.equals(leg.lane())) {
            // It moved on meanwhile.
            send(command);
        } else if (!leg.isClosed()) {
            command.accept(leg);
        }
    }

    /** A session of this engine's making. */
    static LegSession of(MediaSession session) {
        if (session instanceof LegSession leg) {
            return leg;
        }
        throw new IllegalArgumentException("not a session of this engine: " + session.id());
    }

    Lane lane() {
        return leg.lane();
    }

    void moveTo(Lane target) {
        send(it -> it.moveTo(target));
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
    public void addRemoteCandidate(String candidate) {
        IceCandidate.parse(candidate).ifPresent(parsed -> send(it -> it.link().add(parsed)));
    }

    @Override
    public void direction(Direction direction) {
        negotiator.direction(direction);
    }

    @Override
    public void prepare(AudioSource source) {
        prompts.find(source).ifPresent(prompt -> prompt.prepare(codec));
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
    public void sendDigits(String digits) {
        send(it -> it.sendDigits(digits));
    }

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
    public void detect(AmdSpec spec) {
        Detection detection = new Detection(model, spec);
        send(it -> it.listeners().detect(detection));
    }

    @Override
    public void stopDetecting() {
        send(it -> it.listeners().stopDetecting());
    }

    @Override
    public void watchSpeech(boolean wanted) {
        SpeechWatch watch = wanted ? new SpeechWatch(model) : null;
        send(it -> it.listeners().watchSpeech(watch));
    }

    @Override
    public void addTap(String tapId, TapSpec spec, AudioTap tap) {
        send(it -> it.listeners().addTap(tapId, new Tap(spec, tap)));
    }

    @Override
    public void removeTap(String tapId) {
        send(it -> it.listeners().removeTap(tapId));
    }

    @Override
    public AudioFeed openFeed(FeedSpec spec, FeedListener listener) {
        AtomicReference<@Nullable LiveFeed> self = new AtomicReference<>();
        LiveFeed feed = new LiveFeed(spec, listener, () -> send(it -> removeFeed(it, self.get())));
        self.set(feed);
        send(it -> it.graph().feed(feed));
        return feed;
    }

    private static void removeFeed(Leg leg, @Nullable LiveFeed closed) {
        if (leg.graph().feed() == closed) {
            leg.graph().feed(null);
        }
    }

    @Override
    public void mute(boolean outbound, boolean inbound) {
        send(it -> it.graph().mute(outbound, inbound));
    }

    @Override
    public void bridge(MediaSession other) {
        LegSession session = of(other);
        Lane here = leg.lane();
        session.moveTo(here);
        // Sent the same way as the move, so that it comes after it.
        session.send(it -> {
            if (!leg.isClosed() && here.equals(leg.lane())) {
                leg.bridge(it);
            }
        });
    }

    @Override
    public void unbridge() {
        send(Leg::unbridge);
    }

    @Override
    public LegStats stats() {
        return leg.stats();
    }

    @Override
    public void close() {
        send(Leg::close);
    }
}
