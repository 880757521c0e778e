package io.trunkline.control.call;

import io.trunkline.media.Negotiation;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import java.time.Duration;

/** A call out before its answer: a trunk is tried, the phone rings, early media may be heard. */
final class CallingPhase {
    /** How long the callee's first packet is waited for before the first word: past it, silence is on their side. */
    static final Duration MEDIA_GRACE = Duration.ofMillis(150);

    private CallingPhase() {}

    static void onCreated(Turn turn, CallInput input) {
        if (input instanceof CallInput.Start) {
            turn.act(new CallAction.Prepare(turn.plan().program().verbs()));
            turn.phase(CallState.Phase.CALLING);
            tryNextTrunk(turn);
        } else {
            onCalling(turn, input);
        }
    }

    static void onCalling(Turn turn, CallInput input) {
        switch (input) {
            case CallInput.MediaOpened(String offer) ->
                turn.act(new CallAction.Invite(turn.call().trunk().orElseThrow(), offer));
            case CallInput.MediaRefused(String reason, String detail) ->
                turn.end(CallStatus.FAILED, Endings.ours(reason, detail));
            case CallInput.TrunkFull() -> onTrunkFull(turn);
            case CallInput.Negotiated(Negotiation outcome) -> onEarlyNegotiation(turn, outcome);
            case CallInput.Sip(SipEvent event) -> onSip(turn, event);
            case CallInput.Hangup(var by) -> {
                if (by == CallInput.HangupBy.NOT_DIALLED
                        && turn.call().times().dialingAt().isPresent()) {
                    return; // it was sent meanwhile
                }
                turn.act(new CallAction.SipHangup(SipEnd.Reason.CANCELLED));
                turn.end(CallStatus.CANCELLED, Endings.cause(by));
            }
            case CallInput.Timer(CallTimer name) -> onTimer(turn, name);
            case CallInput.Command(Verb verb) -> LiveCommands.beforeAnswer(turn, verb);
            case CallInput.Media(var event) -> TalkingPhase.onMedia(turn, event);
            case CallInput.Neighbour neighbour -> Neighbours.tooEarly(turn, neighbour);
            case CallInput.Start(),
                    CallInput.Live(var _),
                    CallInput.BalanceLow(var _, var _),
                    CallInput.Browser(var _),
                    CallInput.ScriptArrived(var _),
                    CallInput.ScriptFailed(var _),
                    CallInput.Annotate(var _, var _) -> {
                // nothing of a call that is not answered yet depends on these
            }
        }
    }

    private static void tryNextTrunk(Turn turn) {
        turn.nextTrunk().ifPresent(trunk -> {
            turn.update(turn.call().withTrunk(trunk));
            turn.act(new CallAction.OpenMedia(trunk));
        });
    }

    private static void onTrunkFull(Turn turn) {
        if (turn.mayTryAnother()) {
            tryNextTrunk(turn);
        } else {
            turn.end(CallStatus.FAILED, Endings.ours("trunk_full", "Every trunk left to try is at its limit."));
        }
    }

    private static void onSip(Turn turn, SipEvent event) {
        switch (event) {
            case SipEvent.Sent(var _, var _) -> onSent(turn);
            case SipEvent.Ringing(int code) -> onRinging(turn, code);
            case SipEvent.EarlyMedia(var _, String sdp) -> onEarlyMedia(turn, sdp);
            case SipEvent.Answered(var sdp, var _) -> {
                turn.answered();
                sdp.ifPresentOrElse(
                        answer -> turn.act(new CallAction.AcceptAnswer(answer)), () -> TalkingPhase.onConnected(turn));
            }
            case SipEvent.Ended(SipEnd end) -> onEnded(turn, end);
            case SipEvent.SnapshotChanged(String snapshot) -> turn.act(new CallAction.SaveDialog(snapshot));
            case SipEvent.Offered(String sdp) -> turn.act(new CallAction.AnswerReoffer(sdp));
            case SipEvent.Trying(),
                    SipEvent.Incoming(var _, var _, var _, var _, var _, var _),
                    SipEvent.Confirmed(var _),
                    SipEvent.Reanswered(var _),
                    SipEvent.ReofferFailed(var _, var _),
                    SipEvent.Replaced(var _, var _),
                    SipEvent.Digit(var _, var _),
                    SipEvent.TransferProgress(var _, var _),
                    SipEvent.TransferRequested(var _, var _) -> {
                // not of a call out that has no answer
            }
        }
    }

    private static void onSent(Turn turn) {
        if (turn.call().status() != CallStatus.QUEUED) {
            return; // a second host of the same trunk: told once
        }
        turn.update(turn.call()
                .withStatus(CallStatus.DIALING)
                .withTimes(turn.call().times().dialing(turn.now().wall())));
        turn.emit("call.dialing", Turn.data("trunk", turn.call().trunk().orElse("")));
    }

    private static void onRinging(Turn turn, int code) {
        if (turn.call().times().ringingAt().isPresent()) {
            return;
        }
        CallStatus next = turn.call().status() == CallStatus.EARLY_MEDIA ? CallStatus.EARLY_MEDIA : CallStatus.RINGING;
        turn.update(turn.call()
                .withStatus(next)
                .withTimes(turn.call().times().ringing(turn.now().wall())));
        turn.emit("call.ringing", Turn.data("sip_status", code));
        turn.plan().ring().ifPresent(length -> turn.act(new CallAction.StartTimer(CallTimer.RING_ONLY, length)));
    }

    private static void onEarlyMedia(Turn turn, String sdp) {
        turn.act(new CallAction.AcceptAnswer(sdp));
        if (turn.call().status() == CallStatus.EARLY_MEDIA) {
            return;
        }
        turn.update(turn.call().withStatus(CallStatus.EARLY_MEDIA));
        turn.emit("call.early_media");
    }

    /** Early media that cannot be heard harms nothing yet; the answer decides. */
    private static void onEarlyNegotiation(Turn turn, Negotiation outcome) {
        if (outcome instanceof Negotiation.Agreed
                && turn.plan().record().filter(Verb.StartRecording::fromRinging).isPresent()) {
            Recordings.start(turn, turn.plan().record().orElseThrow());
        }
    }

    private static void onEnded(Turn turn, SipEnd end) {
        if (end.mayTryElsewhere() && turn.mayTryAnother()) {
            turn.act(new CallAction.CloseMedia());
            tryNextTrunk(turn);
            return;
        }
        turn.end(Endings.status(end), Endings.cause(end));
    }

    private static void onTimer(Turn turn, CallTimer name) {
        if (name == CallTimer.RING_ONLY) {
            onCalling(turn, new CallInput.Hangup(CallInput.HangupBy.RING_OVER));
        }
    }
}
