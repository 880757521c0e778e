package io.trunkline.control.call;

import io.trunkline.media.AudioSource;
import io.trunkline.media.Direction;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.NoMediaPortsException;
import io.trunkline.media.Playback;
import io.trunkline.sip.InviteRequest;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.TraceEntry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what the machine wants: the one place where a call touches SIP, media, timers and fetches. */
final class CallActor {
    private final CallDesk desk;
    private final Call call;
    private final Switchboard switchboard;
    private final Runnable retire;
    private final Map<CallTimer, CallTimers.Scheduled> timers = new EnumMap<>(CallTimer.class);
    private final Map<String, LiveParty> guests = new HashMap<>();
    private volatile @Nullable MediaSession media;
    private volatile @Nullable SipCall sip;
    private @Nullable BrowserLeg browser;
    private Optional<String> callersOffer = Optional.empty();
    /** What is said first, once there is somebody to hear it. */
    private Optional<AudioSource> ahead = Optional.empty();

    private int legs;

    CallActor(CallDesk desk, Call call, Switchboard switchboard, Runnable retire) {
        this.desk = desk;
        this.call = call;
        this.switchboard = switchboard;
        this.retire = retire;
    }

    void incoming(SipCall dialog, Optional<String> offer) {
        sip = dialog;
        callersOffer = offer;
    }

    @Nullable
    MediaSession media() {
        return media;
    }

    List<TraceEntry> trace() {
        SipCall dialog = sip;
        return dialog == null ? List.of() : dialog.trace();
    }

    /** An event of a leg that was given up for another trunk's is nobody's any more. */
    boolean isCurrent(String sessionId) {
        return sessionId.equals(sessionId());
    }

    private String sessionId() {
        return call.id() + "/" + legs;
    }

    void perform(CallAction action, CallState state) {
        switch (action) {
            case CallAction.OpenMedia(String trunkId) -> openMedia(trunkId);
            case CallAction.OpenMediaForCaller() -> openMediaForCaller(state);
            case CallAction.AcceptAnswer(String sdp) ->
                withMedia(leg -> call.post(new CallInput.Negotiated(leg.acceptAnswer(sdp))));
            case CallAction.AnswerReoffer(String sdp) -> withMedia(leg -> answerReoffer(leg, sdp));
            case CallAction.Invite(String trunkId, String sdp) -> invite(trunkId, sdp, state);
            case CallAction.SipRing() -> withSip(dialog -> dialog.ring(""));
            case CallAction.SipAnswer(String sdp) -> withSip(dialog -> dialog.answer(sdp));
            case CallAction.SipReject(int code, String phrase) -> withSip(dialog -> dialog.reject(code, phrase));
            case CallAction.SipHangup(var reason) -> withSip(dialog -> dialog.hangup(reason));
            case CallAction.SipRefer(String target) -> withSip(dialog -> dialog.refer(target));
            case CallAction.Hold(boolean on) -> withMedia(leg -> hold(leg, on));
            case CallAction.Prepare(List<Verb> verbs) -> verbs.stream().limit(1).forEach(this::prepare);
            case CallAction.Speak(Verb.Say say) ->
                withMedia(
                        leg -> play(leg, new Playback(say.playId(), desk.audio().speech(say), say.loop(), 0, false)));
            case CallAction.PlayAudio(Verb.Play play) ->
                withMedia(leg -> play(
                        leg, new Playback(play.playId(), desk.audio().audio(play.audio()), play.loop(), 0, false)));
            case CallAction.StopPlayback(Optional<String> id) -> withMedia(leg -> leg.stopPlayback(id));
            case CallAction.SendDigits(String digits) -> sendDigits(digits, state);
            case CallAction.DeclineTransfer() -> withSip(dialog -> dialog.transferStatus(603, "Decline"));
            case CallAction.StartRecording(Verb.StartRecording spec) -> withMedia(leg -> leg.record(spec.spec()));
            case CallAction.PauseRecording(String id) -> withMedia(leg -> leg.pauseRecording(id));
            case CallAction.ResumeRecording(String id) -> withMedia(leg -> leg.resumeRecording(id));
            case CallAction.StopRecording(String id) -> withMedia(leg -> leg.stopRecording(id));
            case CallAction.WatchSpeech() -> withMedia(leg -> watchSpeech(leg, true));
            case CallAction.Detect(var spec) -> withMedia(leg -> leg.detect(spec));
            case CallAction.Mute(boolean on) -> withMedia(leg -> leg.mute(on, false));
            case CallAction.Admit(Verb verb) -> withMedia(leg -> admit(leg, verb, state));
            case CallAction.Dismiss(String id, String reason) -> dismiss(id, reason);
            case CallAction.TellGuests(char digit, int durationMs) ->
                guests.values().forEach(guest -> guest.onDigit(digit, durationMs));
            case CallAction.TellSpeech(boolean speaking) -> guests.values().forEach(guest -> guest.onSpeech(speaking));
            case CallAction.Joint joint -> switchboard.perform(call, joint, state);
            case CallAction.FetchScript(String url, boolean byGet) -> fetch(new Verb.Redirect(url, byGet), state);
            case CallAction.StartTimer(CallTimer name, var after) -> {
                cancel(name);
                timers.put(name, desk.timers().schedule(after, () -> call.post(new CallInput.Timer(name))));
            }
            case CallAction.CancelTimer(CallTimer name) -> cancel(name);
            case CallAction.StartMeter(long since) -> {
                desk.admission().answered(call.id(), since, call);
                tellBrowsersAnswer();
            }
            case CallAction.Settle() -> call.whenStored(() -> desk.admission().ended(state.call()));
            case CallAction.SaveDialog(String snapshot) -> desk.store().saveDialog(call.id(), snapshot);
            case CallAction.OfferBrowser() -> offerBrowser();
            case CallAction.CloseBrowser() -> closeBrowser();
            case CallAction.CloseMedia() -> {
                List.copyOf(guests.keySet()).forEach(id -> dismiss(id, "call_ended"));
                withMedia(MediaSession::close);
            }
            case CallAction.Retire() -> retire.run();
        }
    }

    private void admit(MediaSession leg, Verb verb, CallState state) {
        Consumer<LiveEvent> events = event -> call.post(new CallInput.Live(event));
        switch (verb) {
            case Verb.Stream stream -> {
                guests.put(stream.streamId(), desk.parties().stream(state.call(), leg, stream, events));
                watchSpeech(leg, stream.spec().speechEvents());
            }
            case Verb.Agent agent -> {
                guests.put(agent.agentId(), desk.parties().agent(state.call(), leg, agent, events));
                watchSpeech(leg, agent.spec().speechEvents() || agent.spec().localTurns());
            }
            default -> throw new IllegalArgumentException("no guest: " + verb);
        }
    }

    /** Once wanted, it goes on to the call's end. */
    private static void watchSpeech(MediaSession leg, boolean wanted) {
        if (wanted) {
            leg.watchSpeech(true);
        }
    }

    private void dismiss(String guestId, String reason) {
        LiveParty guest = guests.remove(guestId);
        if (guest != null) {
            guest.end(reason);
        }
    }

    private void sendDigits(String digits, CallState state) {
        boolean byInfo = state.call()
                .trunk()
                .filter(trunk -> desk.trunks().leg(trunk, sessionId()).dtmf() == DtmfMode.INFO)
                .isPresent();
        if (byInfo) {
            withSip(dialog -> DigitsByInfo.send(digits, dialog, desk.timers()));
        } else {
            withMedia(leg -> leg.sendDigits(digits));
        }
    }

    private void openMedia(String trunkId) {
        if (!desk.admission().moveTo(call.id(), trunkId)) {
            call.post(new CallInput.TrunkFull());
            return;
        }
        try {
            legs++;
            MediaSession leg = desk.media().open(desk.trunks().leg(trunkId, sessionId()), call);
            media = leg;
            ahead.ifPresent(leg::prepare);
            bridgeBrowser();
            call.post(new CallInput.MediaOpened(leg.createOffer()));
        } catch (NoMediaPortsException e) {
            call.post(new CallInput.MediaRefused("no_media_ports", noPorts(e)));
        }
    }

    private void openMediaForCaller(CallState state) {
        try {
            legs++;
            MediaSession leg =
                    desk.media().open(desk.trunks().leg(state.call().trunk().orElseThrow(), sessionId()), call);
            media = leg;
            bridgeBrowser();
            call.post(callersOffer
                    .map(offer -> toInput(leg.answerOffer(offer)))
                    .orElseGet(() -> new CallInput.MediaOpened(leg.createOffer())));
        } catch (NoMediaPortsException e) {
            call.post(new CallInput.MediaRefused("no_media_ports", noPorts(e)));
        }
    }

    private static String noPorts(NoMediaPortsException why) {
        return "No RTP port was free (" + why.getMessage() + "): widen rtp.ports, or allow more open files.";
    }

    /** From here on what it says is heard on the phone, and what is said there, in the browser. */
    void joinedBy(BrowserLeg leg) {
        closeBrowser();
        browser = leg;
        leg.ownedBy(event -> call.post(new CallInput.Browser(event)));
        bridgeBrowser();
    }

    /** On the mailbox; our answer where the browser made the offer. */
    Optional<String> joinBrowser(BrowserSdp sdp) {
        return switch (sdp) {
            case BrowserSdp.Offer(String offer) -> {
                BrowserLeg leg = BrowserLeg.open(desk, call.id());
                String answer = leg.answer(offer);
                joinedBy(leg);
                yield Optional.of(answer);
            }
            case BrowserSdp.Answer(String answer) -> {
                BrowserLeg offered = browser;
                if (offered == null) {
                    throw CallRefused.invalid("sdp_answer", "No offer of ours is waiting: send sdp_offer.");
                }
                offered.accept(answer);
                yield Optional.empty();
            }
            case BrowserSdp.Candidate(String line) -> {
                BrowserLeg joined = browser;
                if (joined == null) {
                    throw CallRefused.invalid("candidate", "No browser has joined: send sdp_offer first.");
                }
                joined.session().addRemoteCandidate(line);
                yield Optional.empty();
            }
        };
    }

    private void offerBrowser() {
        BrowserLeg leg = BrowserLeg.open(desk, call.id());
        joinedBy(leg);
        call.post(new CallInput.Browser(new BrowserEvent.Offered(leg.offer())));
    }

    private void tellBrowsersAnswer() {
        BrowserLeg leg = browser;
        if (leg != null) {
            leg.answer().ifPresent(sdp -> call.post(new CallInput.Browser(new BrowserEvent.Answered(sdp))));
        }
    }

    private void closeBrowser() {
        BrowserLeg leg = browser;
        browser = null;
        if (leg != null) {
            leg.close();
        }
    }

    /** Before the phone has answered, too: early media is heard. */
    private void bridgeBrowser() {
        BrowserLeg leg = browser;
        if (leg != null) {
            withMedia(phone -> phone.bridge(leg.session()));
        }
    }

    private static CallInput toInput(Negotiation outcome) {
        return switch (outcome) {
            case Negotiation.Agreed(String sdp, var _, var _) -> new CallInput.MediaOpened(sdp);
            case Negotiation.Refused(String reason, String detail) -> new CallInput.MediaRefused(reason, detail);
        };
    }

    private void answerReoffer(MediaSession leg, String sdp) {
        switch (leg.answerOffer(sdp)) {
            case Negotiation.Agreed(String answer, var _, var _) -> withSip(dialog -> dialog.answer(answer));
            case Negotiation.Refused _ -> withSip(dialog -> dialog.reject(488, "Not Acceptable Here"));
        }
    }

    private void invite(String trunkId, String sdp, CallState state) {
        NewCall plan = state.plan();
        sip = desk.sip()
                .invite(
                        new InviteRequest(
                                trunkId,
                                plan.to(),
                                state.call().from(),
                                plan.callerName(),
                                plan.privacy(),
                                sdp,
                                plan.ringTimeout(),
                                plan.headers()),
                        call);
    }

    private void hold(MediaSession leg, boolean on) {
        leg.direction(on ? Direction.SENDONLY : Direction.SENDRECV);
        withSip(dialog -> dialog.reinvite(leg.createOffer()));
    }

    private static void play(MediaSession leg, Playback playback) {
        leg.play(playback);
    }

    private void prepare(Verb verb) {
        switch (verb) {
            case Verb.Say say -> makeAhead(desk.audio().speech(say));
            case Verb.Play play -> makeAhead(desk.audio().audio(play.audio()));
            default -> {
                // nothing to make ahead
            }
        }
    }

    /** A source that cannot be made fails again, and is told, when it is played. */
    private void makeAhead(AudioSource source) {
        ahead = Optional.of(source);
        var _ = desk.media().prepare(source);
        withMedia(leg -> leg.prepare(source));
    }

    private void fetch(Verb.Redirect where, CallState state) {
        desk.scripts().fetch(where, state.call()).whenComplete((verbs, failure) -> {
            if (failure == null) {
                call.post(new CallInput.ScriptArrived(verbs));
            } else {
                call.post(new CallInput.ScriptFailed(String.valueOf(failure.getMessage())));
            }
        });
    }

    private void cancel(CallTimer name) {
        CallTimers.Scheduled running = timers.remove(name);
        if (running != null) {
            running.cancel();
        }
    }

    private void withMedia(Consumer<MediaSession> use) {
        MediaSession leg = media;
        if (leg != null) {
            use.accept(leg);
        }
    }

    private void withSip(Consumer<SipCall> use) {
        SipCall dialog = sip;
        if (dialog != null) {
            use.accept(dialog);
        }
    }
}
