package io.trunkline.control.call;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.Negotiation;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An answered call: media both ways, a script running, commands coming in. */
final class TalkingPhase {
    private TalkingPhase() {}

    static void on(Turn turn, CallInput input) {
        switch (input) {
            case CallInput.Negotiated(Negotiation.Agreed _) -> onConnected(turn);
            case CallInput.Negotiated(Negotiation.Refused(String reason, String detail)) -> {
                turn.act(new CallAction.SipHangup(SipEnd.Reason.NOT_ACCEPTABLE));
                turn.end(CallStatus.FAILED, Endings.theirs(reason, detail));
            }
            case CallInput.Sip(SipEvent event) -> onSip(turn, event);
            case CallInput.Media(MediaEvent event) -> onMedia(turn, event);
            case CallInput.Live(LiveEvent event) -> Guests.onEvent(turn, event);
            case CallInput.Hangup(var by) -> {
                if (by != CallInput.HangupBy.NOT_DIALLED) {
                    hangup(turn, by);
                }
            }
            case CallInput.Command(Verb verb) -> LiveCommands.onCommand(turn, verb);
            case CallInput.Timer(CallTimer name) -> onTimer(turn, name);
            case CallInput.ScriptArrived(var verbs) -> ScriptRunner.onScript(turn, verbs);
            case CallInput.ScriptFailed(String detail) -> ScriptRunner.onScriptFailed(turn, detail);
            case CallInput.BalanceLow(Money balance, long secondsLeft) ->
                turn.emit(
                        "balance.low",
                        Turn.data(
                                "balance", balance.text(),
                                "currency", balance.currency(),
                                "seconds_left", secondsLeft));
            case CallInput.Neighbour neighbour -> Joining.on(turn, neighbour);
            case CallInput.MediaRefused(var _, var _),
                    CallInput.MediaOpened(var _),
                    CallInput.Start(),
                    CallInput.TrunkFull(),
                    CallInput.Browser(var _),
                    CallInput.Annotate(var _, var _) -> {
                // belongs to an earlier phase
            }
        }
    }

    /** Answered and negotiated: told once, whatever renegotiation follows. */
    static void onConnected(Turn turn) {
        if (turn.answerTold()) {
            return;
        }
        turn.tellAnswer();
        turn.act(new CallAction.StartTimer(CallTimer.MAX_DURATION, turn.plan().maxDuration()));
        if (turn.plan().ring().isPresent()) {
            hangup(turn, CallInput.HangupBy.RING_OVER); // asked only to ring: an answer ends it at once
            return;
        }
        turn.plan().record().filter(_ -> turn.recordings().isEmpty()).ifPresent(spec -> Recordings.start(turn, spec));
        turn.plan().amd().ifPresent(policy -> turn.act(new CallAction.Detect(policy.spec())));
        turn.plan().sendDigits().ifPresent(digits -> turn.act(new CallAction.SendDigits(digits)));
        if (turn.script().started()) {
            ScriptRunner.advance(turn);
        } else if (turn.mediaUp()) {
            startScript(turn);
        } else {
            turn.act(new CallAction.StartTimer(CallTimer.MEDIA_GRACE, CallingPhase.MEDIA_GRACE));
        }
    }

    static void hangup(Turn turn, CallInput.HangupBy by) {
        turn.act(new CallAction.SipHangup(SipEnd.Reason.HANGUP_LOCAL));
        turn.end(CallStatus.COMPLETED, Endings.cause(by));
    }

    private static void onSip(Turn turn, SipEvent event) {
        switch (event) {
            case SipEvent.Ended(SipEnd end) -> {
                turn.annotate(Optional.empty(), Optional.of(WhatsAppHeaders.among(end.headers())));
                turn.end(CallStatus.COMPLETED, Endings.cause(end));
            }
            case SipEvent.Offered(String sdp) -> turn.act(new CallAction.AnswerReoffer(sdp));
            case SipEvent.Reanswered(String sdp) -> turn.act(new CallAction.AcceptAnswer(sdp));
            case SipEvent.Digit(char digit, int durationMs) -> onDigit(turn, digit, durationMs, "info");
            case SipEvent.SnapshotChanged(String snapshot) -> turn.act(new CallAction.SaveDialog(snapshot));
            case SipEvent.TransferProgress(int code, String phrase) -> Transfers.onProgress(turn, code, phrase);
            case SipEvent.Replaced(String from, String name) ->
                turn.emit("transfer.replaced", Turn.data("from", from, "name", name));
            case SipEvent.ReofferFailed(int code, String phrase) ->
                turn.emit("call.hold_failed", Turn.data("sip_status", code, "sip_reason", phrase));
            case SipEvent.TransferRequested(var _, var _) -> turn.act(new CallAction.DeclineTransfer());
            case SipEvent.Confirmed(var sdp) -> sdp.ifPresent(answer -> turn.act(new CallAction.AcceptAnswer(answer)));
            case SipEvent.Sent(var _, var _),
                    SipEvent.Trying(),
                    SipEvent.Ringing(var _),
                    SipEvent.EarlyMedia(var _, var _),
                    SipEvent.Answered(var _, var _),
                    SipEvent.Incoming(var _, var _, var _, var _, var _, var _) -> {
                // repeats of what is known
            }
        }
    }

    static void onMedia(Turn turn, MediaEvent event) {
        switch (event) {
            case MediaEvent.MediaConnected(var _) -> {
                turn.mediaIsUp();
                startScript(turn);
            }
            case MediaEvent.PlaybackStarted(String id) -> turn.emit("playback.started", Turn.data("playback_id", id));
            case MediaEvent.PlaybackFinished finished -> onPlaybackFinished(turn, finished);
            case MediaEvent.DigitReceived(char digit, int durationMs, var method) ->
                onDigit(turn, digit, durationMs, method.name().toLowerCase(Locale.ROOT));
            case MediaEvent.RecordingStarted(var _),
                    MediaEvent.RecordingPaused(var _),
                    MediaEvent.RecordingResumed(var _),
                    MediaEvent.RecordingCompleted(var _),
                    MediaEvent.RecordingAbsent(var _, var _) -> Recordings.onMedia(turn, event);
            case MediaEvent.AmdHypothesis _,
                    MediaEvent.AmdResult _,
                    MediaEvent.AmdGreetingEnded _,
                    MediaEvent.AmdBeep _ -> Verdicts.onMedia(turn, event);
            case MediaEvent.SpeechStarted(long ms) -> onSpeech(turn, true, ms);
            case MediaEvent.SpeechStopped(long ms) -> onSpeech(turn, false, ms);
            case MediaEvent.MediaTimeout(var silentFor) ->
                turn.emit("media.timeout", Turn.data("silent_ms", silentFor.toMillis()));
            case MediaEvent.MediaFailed(String reason) -> {
                turn.act(new CallAction.SipHangup(SipEnd.Reason.INTERNAL));
                turn.end(
                        CallStatus.FAILED,
                        Endings.ours("media_failed", "The media of this call failed: " + reason + "."));
            }
            case MediaEvent.SecurityFailed(String reason, String detail) -> {
                turn.act(new CallAction.SipHangup(SipEnd.Reason.NOT_ACCEPTABLE));
                turn.end(CallStatus.FAILED, Endings.theirs(reason, "The media could not be secured: " + detail + "."));
            }
            case MediaEvent.MediaClosed(var _, var _) -> {
                // a leg that was given up for another trunk's
            }
        }
    }

    private static void startScript(Turn turn) {
        if (turn.answerTold()
                && turn.phase() == CallState.Phase.TALKING
                && !turn.script().started()) {
            turn.act(new CallAction.CancelTimer(CallTimer.MEDIA_GRACE));
            turn.script(turn.script().begun());
            if (turn.plan().amd().filter(AmdPolicy::hold).isEmpty()
                    || turn.call().amd().isPresent()) {
                ScriptRunner.advance(turn);
            } else {
                Verdicts.await(turn);
            }
        }
    }

    private static void onTimer(Turn turn, CallTimer name) {
        switch (name) {
            case MEDIA_GRACE -> startScript(turn);
            case MAX_DURATION -> hangup(turn, CallInput.HangupBy.MAX_DURATION);
            case VERB, GATHER -> ScriptRunner.onTimer(turn, name);
            case BEEP -> Verdicts.speakNow(turn);
            case COMFORT -> Verdicts.comfort(turn);
            case RING_ONLY, ENDING, RETIRE -> {
                // of other phases
            }
        }
    }

    private static void onPlaybackFinished(Turn turn, MediaEvent.PlaybackFinished finished) {
        emitFinished(turn, finished);
        ScriptRunner.onPlaybackFinished(turn, finished.playbackId());
    }

    static void emitFinished(Turn turn, MediaEvent.PlaybackFinished finished) {
        String text = turn.playing()
                .getOrDefault(finished.playbackId(), Playing.SOUND)
                .text();
        turn.playing().remove(finished.playbackId());
        Map<String, Object> data = Turn.data(
                "playback_id", finished.playbackId(),
                "played_ms", finished.playedMs(),
                "reason", finished.reason().name().toLowerCase(Locale.ROOT));
        if (!text.isEmpty()) {
            data.put("text_heard", HeardText.of(text, finished));
        }
        if (!finished.detail().isEmpty()) {
            data.put("detail", finished.detail());
        }
        turn.emit("playback.finished", data);
    }

    private static void onSpeech(Turn turn, boolean speaking, long ms) {
        if (!turn.guests().isEmpty()) {
            turn.act(new CallAction.TellSpeech(speaking));
        }
        turn.emit(speaking ? "speech.started" : "speech.stopped", Turn.data("ms", ms));
        if (speaking) {
            BargeIn.onSpeech(turn);
        }
    }

    private static void onDigit(Turn turn, char digit, int durationMs, String method) {
        turn.emit(
                "dtmf.received",
                Turn.data("digit", String.valueOf(digit), "duration_ms", durationMs, "method", method));
        if (!turn.guests().isEmpty()) {
            turn.act(new CallAction.TellGuests(digit, durationMs));
        }
        BargeIn.onDigit(turn);
        ScriptRunner.onDigit(turn, digit);
    }
}
