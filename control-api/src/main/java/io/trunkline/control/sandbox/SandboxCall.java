package io.trunkline.control.sandbox;

import io.trunkline.control.Ids;
import io.trunkline.control.call.CallTimers;
import io.trunkline.control.call.Verb;
import io.trunkline.media.Direction;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaListener;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One sandbox phone that is being called: walks through its steps. Everything runs on {@code owner}. */
final class SandboxCall implements SipCallListener, MediaListener {
    /** The id of the playback that the current step waits for. */
    private static final String STEP = "step";

    private final SandboxCarrier.Parts parts;
    private final Executor owner;
    private final SipCall sip;
    private final Optional<String> offer;
    private final Iterator<Step> steps;
    private final String id = Ids.next("sandbox");
    private @Nullable MediaSession media;
    private CallTimers.@Nullable Scheduled timer;
    private @Nullable BadLine badLine;
    private boolean menu;
    private boolean over;

    SandboxCall(SandboxCarrier.Parts parts, Executor owner, SipCall sip, SipEvent.Incoming invite) {
        this.parts = parts;
        this.owner = owner;
        this.sip = sip;
        this.offer = invite.sdp();
        this.steps = SandboxNumber.of(invite.to()).steps().iterator();
    }

    void start() {
        owner.execute(this::next);
    }

    private void next() {
        if (!over && steps.hasNext()) {
            perform(steps.next());
        }
    }

    private void perform(Step step) {
        switch (step) {
            case Step.Ring(Duration length) -> {
                sip.ring("");
                after(length);
            }
            case Step.EarlyRing(Duration length) -> {
                answerSdp().ifPresent(sip::ring);
                play(new Verb.AudioRef.Tone("ringback"), false);
                after(length);
            }
            case Step.RingForever() -> sip.ring("");
            case Step.Reject(int code, String phrase) -> sip.reject(code, phrase);
            case Step.Answer() -> answer();
            case Step.AnswerMute() -> {
                answerSdp().ifPresent(sip::answer);
                withMedia(MediaSession::close);
                next();
            }
            case Step.AnswerLossy() -> {
                BadLine line = BadLine.behind(offer.orElse(""));
                badLine = line;
                answerSdp(line.offer()).map(line::answered).ifPresent(sip::answer);
                next();
            }
            case Step.Speak(String text) -> speak(text);
            case Step.Tone(String name) -> play(new Verb.AudioRef.Tone(name), true);
            case Step.Listen(Duration length) -> after(length);
            case Step.Echo() -> echo();
            case Step.Menu() -> menu = true;
            case Step.HoldCaller(Duration length) -> holdCaller(length);
            case Step.HangUp() -> sip.hangup(SipEnd.Reason.HANGUP_LOCAL);
        }
    }

    private void answer() {
        withMedia(leg -> leg.stopPlayback(Optional.empty()));
        answerSdp().ifPresent(sip::answer);
        next();
    }

    /** Our answer to the caller's offer, made once: the 200 repeats what a 183 said. */
    private Optional<String> answerSdp() {
        return answerSdp(offer.orElse(""));
    }

    private Optional<String> answerSdp(String callersOffer) {
        if (media == null) {
            media = parts.media().open(LegSpec.of(id, parts.address()), this);
        }
        Negotiation outcome = media.answerOffer(callersOffer);
        return switch (outcome) {
            case Negotiation.Agreed(String sdp, var _, var _) -> Optional.of(sdp);
            case Negotiation.Refused _ -> {
                sip.reject(488, "Not Acceptable Here");
                yield Optional.empty();
            }
        };
    }

    private void speak(String text) {
        Verb.Say say = new Verb.Say(Ids.next("play"), text, Optional.empty(), Optional.of("en"), 1, 1);
        withMedia(leg -> leg.play(Playback.once(STEP, parts.audio().speech(say))));
    }

    private void play(Verb.AudioRef what, boolean waits) {
        withMedia(leg -> leg.play(
                Playback.once(waits ? STEP : "background", parts.audio().audio(what))));
    }

    private void echo() {
        Echo echo = new Echo();
        withMedia(leg -> {
            leg.addTap("echo", Echo.SPEC, echo);
            leg.play(Playback.once("echo", echo));
        });
        after(Duration.ofMinutes(10));
    }

    private void holdCaller(Duration length) {
        turn(Direction.SENDONLY);
        timer = parts.timers()
                .schedule(
                        length,
                        () -> owner.execute(() -> {
                            turn(Direction.SENDRECV);
                            next();
                        }));
    }

    private void turn(Direction direction) {
        withMedia(leg -> {
            leg.direction(direction);
            sip.reinvite(leg.createOffer());
        });
    }

    private void after(Duration length) {
        timer = parts.timers().schedule(length, () -> owner.execute(this::elapsed));
    }

    private void elapsed() {
        if (!over && !steps.hasNext()) {
            sip.hangup(SipEnd.Reason.HANGUP_LOCAL);
        }
        next();
    }

    @Override
    public void onSipEvent(SipCall call, SipEvent event) {
        owner.execute(() -> {
            switch (event) {
                case SipEvent.Ended _ -> end();
                case SipEvent.Reanswered(String sdp) -> withMedia(leg -> leg.acceptAnswer(sdp));
                case SipEvent.Offered(String sdp) ->
                    withMedia(leg -> {
                        if (leg.answerOffer(sdp) instanceof Negotiation.Agreed(String answer, var _, var _)) {
                            sip.answer(answer);
                        } else {
                            sip.reject(488, "Not Acceptable Here");
                        }
                    });
                default -> {
                    // a phone that has no use for it
                }
            }
        });
    }

    @Override
    public void onMediaEvent(String sessionId, MediaEvent event) {
        owner.execute(() -> {
            switch (event) {
                case MediaEvent.PlaybackFinished finished
                when finished.playbackId().equals(STEP) -> next();
                case MediaEvent.DigitReceived(char digit, int _, var _)
                when menu ->
                    speak(digit == '*' ? "Press one for sales, two for support." : "You pressed " + digit + ".");
                default -> {
                    // only these move a phone on
                }
            }
        });
    }

    private void end() {
        over = true;
        if (timer != null) {
            timer.cancel();
        }
        withMedia(MediaSession::close);
        if (badLine != null) {
            badLine.close();
        }
        parts.ended().run();
    }

    private void withMedia(Consumer<MediaSession> use) {
        MediaSession leg = media;
        if (leg != null) {
            use.accept(leg);
        }
    }
}
