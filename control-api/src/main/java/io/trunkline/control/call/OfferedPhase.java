package io.trunkline.control.call;

import io.trunkline.media.Negotiation;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;

/** A call in that rings here: its script runs; the first verb that needs media answers it. */
final class OfferedPhase {
    private OfferedPhase() {}

    static void on(Turn turn, CallInput input) {
        switch (input) {
            case CallInput.Start() -> {
                turn.act(new CallAction.SipRing());
                turn.emit("call.ringing", Turn.data("sip_status", 180));
                turn.act(new CallAction.StartTimer(
                        CallTimer.RING_ONLY, turn.plan().ringTimeout()));
                turn.script(turn.script().begun());
                ScriptRunner.advance(turn);
            }
            case CallInput.MediaOpened(String answer) -> onAnswered(turn, answer);
            case CallInput.MediaRefused(String reason, String detail) -> {
                turn.act(new CallAction.SipReject(488, "Not Acceptable Here"));
                turn.end(CallStatus.FAILED, Endings.theirs(reason, detail));
            }
            case CallInput.Sip(SipEvent.Ended(SipEnd end)) -> turn.end(Endings.status(end), Endings.cause(end));
            case CallInput.Sip(var _), CallInput.Media(var _) -> {
                // nothing else concerns a call that is not answered
            }
            case CallInput.Hangup(var by) -> {
                turn.act(new CallAction.SipReject(603, "Decline"));
                turn.end(CallStatus.REJECTED, Endings.cause(by));
            }
            case CallInput.Command(Verb verb) -> LiveCommands.whileOffered(turn, verb);
            case CallInput.Timer(CallTimer name) -> onTimer(turn, name);
            case CallInput.ScriptArrived(var verbs) -> ScriptRunner.onScript(turn, verbs);
            case CallInput.ScriptFailed(String detail) -> ScriptRunner.onScriptFailed(turn, detail);
            case CallInput.Negotiated(Negotiation outcome) -> {
                if (outcome instanceof Negotiation.Refused(String reason, String detail)) {
                    turn.end(CallStatus.FAILED, Endings.theirs(reason, detail));
                }
            }
            case CallInput.Neighbour neighbour -> Neighbours.tooEarly(turn, neighbour);
            case CallInput.TrunkFull(), CallInput.Live(var _), CallInput.BalanceLow(var _, var _) -> {
                // of calls out
            }
            case CallInput.Annotate(var _, var _), CallInput.Browser(var _) -> {
                // handled before any phase
            }
        }
    }

    /** A call in that nothing answers does not ring for ever. */
    private static void onTimer(Turn turn, CallTimer name) {
        if (name == CallTimer.RING_ONLY) {
            turn.act(new CallAction.SipReject(480, "Temporarily Unavailable"));
            turn.end(CallStatus.NO_ANSWER, Endings.ours("no_answer", "Nothing here answered the call in time."));
        } else {
            ScriptRunner.onTimer(turn, name);
        }
    }

    /** The first verb that needs media asked for a leg; here it is, with our answer. */
    private static void onAnswered(Turn turn, String answer) {
        turn.act(new CallAction.CancelTimer(CallTimer.RING_ONLY));
        turn.act(new CallAction.SipAnswer(answer));
        turn.script(turn.script().released());
        turn.answered();
        TalkingPhase.onConnected(turn);
    }
}
