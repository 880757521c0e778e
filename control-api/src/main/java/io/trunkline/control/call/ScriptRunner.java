package io.trunkline.control.call;

import io.trunkline.sip.SipEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Runs a call's verbs one after another: each is done at once, or waits for a playback, a timer, digits or a script. */
final class ScriptRunner {
    /** One digit and its gap (RFC 4733 senders commonly use 100 ms each). */
    private static final Duration DIGIT = Duration.ofMillis(200);

    private static final Duration DIGIT_PAUSE = Duration.ofMillis(500);

    private ScriptRunner() {}

    /** Runs verbs until one has to wait; at the end of the script the call is hung up, unless it is to be kept. */
    static void advance(Turn turn) {
        if (turn.awaitsBeep()) {
            return; // what is said before the beep, nobody records
        }
        while (turn.script().idle()
                && !turn.script().rest().isEmpty()
                && turn.end().isEmpty()) {
            Verb verb = turn.script().rest().getFirst();
            if (turn.phase() == CallState.Phase.OFFERED && needsMedia(verb)) {
                turn.script(turn.script().fetching(true));
                turn.act(new CallAction.OpenMediaForCaller());
                return;
            }
            turn.script(turn.script()
                    .rest(turn.script().rest().subList(1, turn.script().rest().size())));
            step(turn, verb);
        }
        if (turn.script().idle() && turn.script().rest().isEmpty() && turn.end().isEmpty()) {
            finish(turn);
        }
    }

    private static void finish(Turn turn) {
        if (!turn.script().keep() && turn.playing().isEmpty() && !Guests.anyTwoWay(turn)) {
            TalkingPhase.hangup(turn, CallInput.HangupBy.SCRIPT);
        }
    }

    private static boolean needsMedia(Verb verb) {
        return switch (verb) {
            case Verb.Browser _, Verb.Pause _, Verb.Redirect _, Verb.Set _, Verb.Reject _, Verb.Hangup _ -> false;
            default -> true;
        };
    }

    /** A verb of the script: does it and waits where the verb takes time. */
    private static void step(Turn turn, Verb verb) {
        run(turn, verb);
        switch (verb) {
            case Verb.Say say -> turn.script(turn.script().waitingFor(say.playId()));
            case Verb.Play play -> turn.script(turn.script().waitingFor(play.playId()));
            case Verb.Pause(Duration length) -> await(turn, length);
            case Verb.SendDigits(String digits) -> await(turn, lengthOf(digits));
            case Verb.Stream _, Verb.Agent _ ->
                Guests.waitedFor(turn, verb)
                        .ifPresent(id -> turn.script(turn.script().waitingFor(id)));
            default -> {
                // done at once, or waits by its own state
            }
        }
    }

    private static void await(Turn turn, Duration length) {
        turn.script(turn.script().timing(true));
        turn.act(new CallAction.StartTimer(CallTimer.VERB, length));
    }

    private static Duration lengthOf(String digits) {
        Duration total = Duration.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            total = total.plus(digits.charAt(i) == 'w' ? DIGIT_PAUSE : DIGIT);
        }
        return total;
    }

    /** Does one verb now, from the script or as a command. */
    static void run(Turn turn, Verb verb) {
        switch (verb) {
            case Verb.Say say -> {
                begin(turn, say.playId(), new Playing(say.text(), say.bargeIn()));
                turn.act(new CallAction.Speak(say));
            }
            case Verb.Play play -> {
                begin(turn, play.playId(), new Playing("", play.bargeIn()));
                turn.act(new CallAction.PlayAudio(play));
            }
            case Verb.Pause _ -> {
                // only its time matters
            }
            case Verb.SendDigits(String digits) -> turn.act(new CallAction.SendDigits(digits));
            case Verb.Gather gather -> Gathering.start(turn, gather, 1);
            case Verb.StartRecording spec -> Recordings.start(turn, spec);
            case Verb.PauseRecording(var id) ->
                Recordings.running(turn, id).ifPresent(rec -> turn.act(new CallAction.PauseRecording(rec)));
            case Verb.ResumeRecording(var id) ->
                Recordings.running(turn, id).ifPresent(rec -> turn.act(new CallAction.ResumeRecording(rec)));
            case Verb.StopRecording(var id) ->
                Recordings.running(turn, id).ifPresent(rec -> turn.act(new CallAction.StopRecording(rec)));
            case Verb.Stop(Optional<String> playId) -> turn.act(new CallAction.StopPlayback(playId));
            case Verb.Mute(boolean on) -> turn.act(new CallAction.Mute(on));
            case Verb.Hold(boolean on) -> turn.act(new CallAction.Hold(on));
            case Verb.Amd(AmdPolicy policy) -> turn.act(new CallAction.Detect(policy.spec()));
            case Verb.Redirect(String url, boolean byGet) -> {
                turn.script(turn.script().fetching(true));
                turn.act(new CallAction.FetchScript(url, byGet));
            }
            case Verb.Set(var metadata) -> turn.annotate(Optional.empty(), Optional.of(new LinkedHashMap<>(metadata)));
            case Verb.Transfer transfer -> Transfers.start(turn, transfer);
            case Verb.Dial dial -> Joining.dial(turn, dial);
            case Verb.Bridge bridge -> Joining.ask(turn, bridge);
            case Verb.Conference conference -> Joining.enter(turn, conference);
            case Verb.Stream _, Verb.Agent _ -> Guests.admit(turn, verb);
            case Verb.Dismiss(String kind, var id) -> Guests.dismiss(turn, kind, id);
            case Verb.Answer() -> {
                // a script answers by needing media; a command while talking is already answered
            }
            case Verb.Reject(int code, String phrase) -> {
                turn.act(new CallAction.SipReject(code, phrase));
                turn.end(CallStatus.REJECTED, Endings.cause(CallInput.HangupBy.SCRIPT));
            }
            case Verb.Browser(var offer) -> {
                if (offer.isEmpty()) {
                    turn.act(new CallAction.OfferBrowser());
                }
            }
            case Verb.Hangup() -> TalkingPhase.hangup(turn, CallInput.HangupBy.SCRIPT);
            case Verb.Script(List<Verb> verbs) -> replace(turn, verbs);
            case Verb.Stage(Verb.Say say) -> Staging.stage(turn, say);
            case Verb.Commit(String playId) -> run(turn, Staging.take(turn, playId));
        }
    }

    private static void begin(Turn turn, String playId, Playing playing) {
        turn.playing().put(playId, playing);
        if (playing.bargeIn().bySpeech()) {
            turn.act(new CallAction.WatchSpeech());
        }
    }

    /** Drops what runs and what is queued, and runs these instead. */
    static void replace(Turn turn, List<Verb> verbs) {
        Joining.leave(turn);
        turn.act(new CallAction.CancelTimer(CallTimer.VERB));
        turn.act(new CallAction.CancelTimer(CallTimer.GATHER));
        turn.act(new CallAction.CancelTimer(CallTimer.COMFORT));
        var _ = turn.takeAfterBeep();
        turn.act(new CallAction.StopPlayback(Optional.empty()));
        turn.script()
                .waitingFor()
                .filter(turn.guests()::containsKey)
                .ifPresent(guest -> turn.act(new CallAction.Dismiss(guest, "replaced")));
        turn.script(turn.script().released().begun().rest(verbs));
        advance(turn);
    }

    static void onPlaybackFinished(Turn turn, String playId) {
        ScriptState script = turn.script();
        if (script.waitingFor().filter(playId::equals).isPresent()
                && script.gather().isEmpty()) {
            turn.script(script.released());
        } else if (script.gather().isPresent()) {
            Gathering.onPromptFinished(turn);
        }
        if (turn.script().idle() && !Verdicts.isAwaited(turn)) {
            advance(turn);
        }
    }

    /** A stream or an agent has ended: the script goes on where it waited for that, or ends where nothing is left. */
    static void onGuestLeft(Turn turn, String guestId) {
        if (turn.script().waitingFor().filter(guestId::equals).isPresent()) {
            turn.script(turn.script().released());
        }
        if (turn.script().idle()) {
            advance(turn);
        }
    }

    static void onDigit(Turn turn, char digit) {
        if (turn.script().gather().isPresent()) {
            Gathering.onDigit(turn, digit);
        }
    }

    static void onTimer(Turn turn, CallTimer name) {
        if (name == CallTimer.VERB && turn.script().joined()) {
            Transfers.onSilence(turn);
        } else if (name == CallTimer.VERB) {
            turn.script(turn.script().released());
            advance(turn);
        } else if (name == CallTimer.GATHER) {
            Gathering.onTimeout(turn);
        }
    }

    /** The verbs that a URL gave come before those that follow the redirect. */
    static void onScript(Turn turn, List<Verb> verbs) {
        List<Verb> all = new ArrayList<>(verbs);
        all.addAll(turn.script().rest());
        turn.script(turn.script().released().rest(List.copyOf(all)));
        advance(turn);
    }

    /** The fallback is asked, once; without one the call ends here. */
    static void onScriptFailed(Turn turn, String detail) {
        Optional<String> fallback = turn.plan().program().fallbackUrl();
        if (fallback.isPresent() && !turn.script().fellBack()) {
            turn.emit("script.failed", Turn.data("detail", detail, "fallback", true));
            turn.script(turn.script().fallingBack().rest(List.of()));
            turn.act(new CallAction.FetchScript(fallback.get()));
            return;
        }
        boolean offered = turn.phase() == CallState.Phase.OFFERED;
        turn.act(
                offered
                        ? new CallAction.SipReject(480, "Temporarily Unavailable")
                        : new CallAction.SipHangup(SipEnd.Reason.HANGUP_LOCAL));
        turn.end(
                turn.phase() == CallState.Phase.TALKING ? CallStatus.COMPLETED : CallStatus.FAILED,
                new CallCause(
                        "script_error",
                        SipEnd.Fault.CALLER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "The call's script could not be used: " + detail));
    }
}
