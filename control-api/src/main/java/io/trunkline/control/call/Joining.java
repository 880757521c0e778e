package io.trunkline.control.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How calls come to hear each other: by dialling, by bridging, in a room. Meanwhile a call's script waits; when the
 * company is gone it goes on with its next verb. A new script ends the company first.
 */
final class Joining {
    private Joining() {}

    static void dial(Turn turn, Verb.Dial dial) {
        suspend(turn);
        turn.company(Optional.of(Company.awaited(dial, dial.callId(), turn.now().nanos())));
        turn.emit("dial.started", Turn.data("call_id", dial.callId(), "to", dial.to()));
        dial.ringback().ifPresent(tone -> {
            turn.playing().put(tone.playId(), Playing.SOUND);
            turn.act(new CallAction.PlayAudio(tone));
        });
        turn.act(new CallAction.DialOut(dial));
    }

    static void ask(Turn turn, Verb.Bridge bridge) {
        suspend(turn);
        turn.company(
                Optional.of(Company.awaited(bridge, bridge.callId(), turn.now().nanos())));
        turn.act(new CallAction.AskBridge(bridge.callId()));
    }

    static void enter(Turn turn, Verb.Conference conference) {
        suspend(turn);
        turn.company(Optional.of(
                Company.awaited(conference, conference.room(), turn.now().nanos())));
        turn.act(new CallAction.EnterRoom(conference));
    }

    /** What the script does gives way; what follows it waits. */
    static void suspend(Turn turn) {
        leave(turn);
        turn.act(new CallAction.CancelTimer(CallTimer.VERB));
        turn.act(new CallAction.CancelTimer(CallTimer.GATHER));
        if (!turn.playing().isEmpty()) {
            turn.act(new CallAction.StopPlayback(Optional.empty()));
        }
        turn.script(turn.script().released().joining());
    }

    static void on(Turn turn, CallInput.Neighbour input) {
        switch (input) {
            case CallInput.BridgeAsked(String callId) -> onAsked(turn, callId);
            case CallInput.BridgeAccepted(String callId) -> onAccepted(turn, callId);
            case CallInput.BridgeRefused(String callId, String why) -> onRefused(turn, callId, why);
            case CallInput.DialPlaced(String callId) -> {
                if (!isWith(turn, callId)) {
                    turn.act(new CallAction.DropDialled(callId));
                }
            }
            case CallInput.DialRefused(String callId, String code, String why) ->
                onDialled(turn, callId, Turn.data("call_id", callId, "status", "failed", "cause", code, "text", why));
            case CallInput.DialEnded(String callId, CallSnapshot call) -> onDialled(turn, callId, result(call));
            case CallInput.PartnerLeft(String callId) -> onLeft(turn, callId);
            case CallInput.RoomEntered(String room, int participants) -> onEntered(turn, room, participants);
            case CallInput.RoomClosed(String room) -> {
                if (isWith(turn, room)) {
                    goOn(turn);
                }
            }
        }
    }

    private static boolean isWith(Turn turn, String name) {
        return turn.company().filter(company -> company.is(name)).isPresent();
    }

    /** The one it dialled, or any call when it has no other company. */
    private static void onAsked(Turn turn, String callId) {
        boolean expected = isWith(turn, callId) && !turn.company().orElseThrow().together();
        if (!expected && turn.company().isPresent()) {
            turn.act(new CallAction.RefuseBridge(callId, "it is joined with another"));
            return;
        }
        if (expected) {
            turn.act(new CallAction.StopPlayback(Optional.empty())); // the ringback
        } else {
            suspend(turn);
            turn.company(Optional.of(
                    Company.awaited(new Verb.Bridge(callId), callId, turn.now().nanos())));
        }
        turn.act(new CallAction.AcceptBridge(callId));
        together(turn);
    }

    private static void onAccepted(Turn turn, String callId) {
        if (isWith(turn, callId)) {
            together(turn);
        } else {
            turn.act(new CallAction.LeaveBridge(callId)); // it has moved on meanwhile
        }
    }

    private static void together(Turn turn) {
        Company company = turn.company().orElseThrow().joined(turn.now().nanos());
        turn.company(Optional.of(company));
        turn.emit("bridge.started", Turn.data("call_id", company.with()));
        if (company.verb() instanceof Verb.Transfer transfer) {
            Transfers.onJoined(turn, transfer);
        }
    }

    private static void onRefused(Turn turn, String callId, String why) {
        if (isWith(turn, callId)) {
            turn.emit("bridge.failed", Turn.data("call_id", callId, "text", why));
            turn.company(Optional.empty());
            resume(turn);
        }
    }

    /** The leg that was dialled is over: with it the bridge, if there was one. */
    private static void onDialled(Turn turn, String callId, Map<String, Object> result) {
        if (!isWith(turn, callId)) {
            return;
        }
        Verb verb = turn.company().orElseThrow().verb();
        boolean wasTogether = turn.company().orElseThrow().together();
        tellParting(turn);
        turn.company(Optional.empty());
        if (!turn.playing().isEmpty()) {
            turn.act(new CallAction.StopPlayback(Optional.empty())); // the ringback
        }
        if (verb instanceof Verb.Transfer transfer) {
            Transfers.onLegEnded(turn, transfer, wasTogether, result);
            return;
        }
        turn.emit("dial.finished", result);
        if (verb instanceof Verb.Dial dial) {
            follow(turn, dial, String.valueOf(result.get("status")));
        }
    }

    private static void follow(Turn turn, Verb.Dial dial, String status) {
        List<Verb> next = new ArrayList<>(dial.onResult());
        dial.onResultUrl()
                .ifPresent(url -> next.add(
                        new Verb.Redirect(url + (url.indexOf('?') < 0 ? "?" : "&") + "dial_status=" + status)));
        next.addAll(turn.script().rest());
        turn.script(turn.script().rest(List.copyOf(next)));
        resume(turn);
    }

    private static Map<String, Object> result(CallSnapshot call) {
        Map<String, Object> result =
                Turn.data("call_id", call.id(), "status", call.status().wire());
        call.cause().ifPresent(cause -> result.put("cause", cause.code()));
        call.times().talked().ifPresent(talked -> result.put("duration_ms", talked.toMillis()));
        return result;
    }

    /** A dialled leg that left is about to end, which is told by itself; any other company is over now. */
    private static void onLeft(Turn turn, String callId) {
        if (!isWith(turn, callId)) {
            return;
        }
        if (turn.company().orElseThrow().verb() instanceof Verb.Bridge) {
            goOn(turn);
        }
    }

    private static void goOn(Turn turn) {
        tellParting(turn);
        turn.company(Optional.empty());
        resume(turn);
    }

    static void resume(Turn turn) {
        if (turn.phase() == CallState.Phase.TALKING) {
            turn.act(new CallAction.CancelTimer(CallTimer.VERB));
            turn.script(turn.script().released());
            ScriptRunner.advance(turn);
        }
    }

    private static void onEntered(Turn turn, String room, int participants) {
        turn.company()
                .filter(company -> company.is(room) && !company.together())
                .ifPresent(company -> {
                    turn.company(Optional.of(company.joined(turn.now().nanos())));
                    turn.emit("conference.joined", Turn.data("name", room, "participants", participants));
                });
    }

    /** Whatever company there is ends here. */
    static void leave(Turn turn) {
        turn.company().ifPresent(company -> {
            tellParting(turn);
            switch (company.verb()) {
                case Verb.Conference conference -> turn.act(new CallAction.LeaveRoom(conference));
                case Verb.Bridge _ -> turn.act(new CallAction.LeaveBridge(company.with()));
                default -> {
                    turn.act(new CallAction.DropDialled(company.with()));
                    turn.act(new CallAction.LeaveBridge(company.with()));
                }
            }
            turn.company(Optional.empty());
        });
    }

    private static void tellParting(Turn turn) {
        turn.company().filter(Company::together).ifPresent(company -> {
            long ms =
                    Duration.ofNanos(turn.now().nanos() - company.sinceNanos()).toMillis();
            if (company.verb() instanceof Verb.Conference) {
                turn.emit("conference.left", Turn.data("name", company.with(), "duration_ms", ms));
            } else {
                turn.emit("bridge.ended", Turn.data("call_id", company.with(), "duration_ms", ms));
            }
        });
    }
}
