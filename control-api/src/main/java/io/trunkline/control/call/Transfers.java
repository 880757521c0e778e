package io.trunkline.control.call;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Handing a call over: the carrier is asked to (REFER, RFC 3515), or a new leg is called and joined here. */
final class Transfers {
    /** A carrier that accepts a REFER may stay silent about what became of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Transfers() {}

    static void start(Turn turn, Verb.Transfer transfer) {
        Joining.suspend(turn);
        turn.emit(
                "transfer.started",
                Turn.data("to", transfer.target(), "mode", transfer.byReferral() ? "refer" : "dial"));
        if (transfer.byReferral()) {
            turn.company(Optional.of(
                    Company.awaited(transfer, transfer.target(), turn.now().nanos())));
            turn.act(new CallAction.SipRefer(transfer.target()));
            turn.act(new CallAction.StartTimer(CallTimer.VERB, PATIENCE));
            return;
        }
        turn.company(Optional.of(
                Company.awaited(transfer, transfer.callId(), turn.now().nanos())));
        turn.act(new CallAction.DialOut(new Verb.Dial(
                transfer.callId(),
                transfer.target(),
                Optional.empty(),
                Optional.empty(),
                NewCall.DEFAULT_RING_TIMEOUT,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty())));
    }

    /** 2xx to the REFER itself says that it was taken, not that anybody answered. */
    static void onProgress(Turn turn, int code, String phrase) {
        Map<String, Object> data = Turn.data("sip_status", code, "sip_reason", phrase);
        if (code < 200 || code == 202) {
            turn.emit("transfer.progress", data);
        } else if (code < 300) {
            turn.emit("transfer.completed", data);
            turn.company(Optional.empty());
            TalkingPhase.hangup(turn, CallInput.HangupBy.TRANSFERRED);
        } else {
            failed(turn, data);
        }
    }

    static void onSilence(Turn turn) {
        failed(turn, Turn.data("text", "The carrier did not say what became of the transfer."));
    }

    static void onJoined(Turn turn, Verb.Transfer transfer) {
        turn.emit("transfer.completed", Turn.data("call_id", transfer.callId(), "to", transfer.target()));
    }

    /** Joined and over, the call has been handed over and ends too; else it goes on here. */
    static void onLegEnded(Turn turn, Verb.Transfer transfer, boolean wasJoined, Map<String, Object> result) {
        if (wasJoined) {
            TalkingPhase.hangup(turn, CallInput.HangupBy.TRANSFERRED);
        } else {
            Map<String, Object> data = new HashMap<>(result);
            data.put("to", transfer.target());
            failed(turn, data);
        }
    }

    private static void failed(Turn turn, Map<String, Object> data) {
        turn.emit("transfer.failed", data);
        turn.company(Optional.empty());
        Joining.resume(turn);
    }
}
