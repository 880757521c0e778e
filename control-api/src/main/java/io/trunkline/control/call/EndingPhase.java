package io.trunkline.control.call;

import io.trunkline.media.LegStats;
import io.trunkline.media.MediaEvent;
import io.trunkline.sip.SipEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The end is final; media closes, what was still playing is told, then {@code call.ended}, then only recordings. */
final class EndingPhase {
    static final Duration MEDIA_WAIT = Duration.ofMillis(500);
    static final Duration RECORDING_WAIT = Duration.ofMinutes(2);

    private EndingPhase() {}

    static void on(Turn turn, CallInput input) {
        switch (input) {
            case CallInput.Media(MediaEvent event) -> onMedia(turn, event);
            case CallInput.Live(LiveEvent event) -> {
                if (turn.phase() == CallState.Phase.ENDING) {
                    Guests.onEvent(turn, event);
                }
            }
            case CallInput.Timer(CallTimer name) -> onTimer(turn, name);
            case CallInput.Sip(SipEvent.Answered _) ->
                // the answer crossed our CANCEL; the stack sends ACK and BYE by itself
                turn.act(new CallAction.CloseMedia());
            case CallInput.Sip(SipEvent.SnapshotChanged(String snapshot)) ->
                turn.act(new CallAction.SaveDialog(snapshot));
            case CallInput.MediaOpened _, CallInput.MediaRefused _ -> turn.act(new CallAction.CloseMedia());
            case CallInput.Command _ -> throw CallRefused.of(409, "call_not_active", "This call has ended.");
            case CallInput.Neighbour neighbour -> Neighbours.tooLate(turn, neighbour);
            case CallInput.Start _,
                    CallInput.Negotiated _,
                    CallInput.Sip _,
                    CallInput.Hangup _,
                    CallInput.TrunkFull _,
                    CallInput.BalanceLow _,
                    CallInput.Browser _,
                    CallInput.ScriptArrived _,
                    CallInput.ScriptFailed _,
                    CallInput.Annotate _ -> {
                // too late for these
            }
        }
    }

    private static void onMedia(Turn turn, MediaEvent event) {
        switch (event) {
            case MediaEvent.MediaClosed(LegStats stats, var unfinished) -> {
                if (turn.phase() == CallState.Phase.ENDING) {
                    unfinished.forEach(finished -> TalkingPhase.emitFinished(turn, finished));
                    turn.update(turn.call().withQuality(stats));
                    tellEnd(turn);
                }
            }
            case MediaEvent.RecordingCompleted _, MediaEvent.RecordingAbsent _ -> {
                Recordings.onMedia(turn, event);
                retireWhenDone(turn);
            }
            case MediaEvent.PlaybackFinished finished -> {
                if (turn.phase() == CallState.Phase.ENDING) {
                    TalkingPhase.emitFinished(turn, finished);
                }
            }
            default -> {
                // a closing leg's last words change nothing
            }
        }
    }

    private static void onTimer(Turn turn, CallTimer name) {
        if (name == CallTimer.ENDING && turn.phase() == CallState.Phase.ENDING) {
            tellEnd(turn);
        } else if (name == CallTimer.RETIRE) {
            turn.act(new CallAction.Retire());
        }
    }

    private static void tellEnd(Turn turn) {
        turn.phase(CallState.Phase.ENDED);
        turn.act(new CallAction.CancelTimer(CallTimer.ENDING));
        CallCause cause = turn.end().orElseThrow();
        turn.emit("call.ended", describe(turn.call(), cause));
        turn.act(new CallAction.Settle());
        if (!turn.recordings().isEmpty()) {
            turn.act(new CallAction.StartTimer(CallTimer.RETIRE, RECORDING_WAIT));
        }
        retireWhenDone(turn);
    }

    static Map<String, Object> describe(CallSnapshot call, CallCause cause) {
        return Turn.data(
                "status", call.status().wire(),
                "cause", cause.code(),
                "fault", cause.fault().name().toLowerCase(Locale.ROOT),
                "text", cause.text());
    }

    private static void retireWhenDone(Turn turn) {
        if (turn.phase() == CallState.Phase.ENDED && turn.recordings().isEmpty()) {
            turn.act(new CallAction.CancelTimer(CallTimer.RETIRE));
            turn.act(new CallAction.Retire());
        }
    }
}
