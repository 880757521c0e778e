package io.trunkline.control.call;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The streams and agents of a call: let in within bounds, told of by events, waited for by the script. */
final class Guests {
    static final int MOST_ONE_WAY = 5;

    private Guests() {}

    /** What kind of guest; the word is the first of its events' types. */
    record Place(String kind, boolean twoWay) {}

    static void admit(Turn turn, Verb verb) {
        switch (verb) {
            case Verb.Stream stream ->
                admit(
                        turn,
                        verb,
                        stream.streamId(),
                        new Place("stream", stream.spec().twoWay()));
            case Verb.Agent agent -> admit(turn, verb, agent.agentId(), new Place("agent", true));
            default -> throw new IllegalArgumentException("no guest: " + verb);
        }
    }

    private static void admit(Turn turn, Verb verb, String id, Place place) {
        long alike = turn.guests().values().stream()
                .filter(other -> other.twoWay() == place.twoWay())
                .count();
        if (alike >= (place.twoWay() ? 1 : MOST_ONE_WAY)) {
            Map<String, Object> data =
                    Turn.data("reason", "too_many", "detail", "a call has one two-way and five one-way");
            tellEnd(turn, id, place, true, data);
            return;
        }
        turn.guests().put(id, place);
        turn.act(new CallAction.Admit(verb));
    }

    /** Whether the script stays with this one until it ends. */
    static Optional<String> waitedFor(Turn turn, Verb verb) {
        String id =
                switch (verb) {
                    case Verb.Stream stream -> stream.streamId();
                    case Verb.Agent agent -> agent.agentId();
                    default -> "";
                };
        return Optional.ofNullable(turn.guests().get(id)).filter(Place::twoWay).map(_ -> id);
    }

    /** Ends one, or all of its kind. */
    static void dismiss(Turn turn, String kind, Optional<String> id) {
        turn.guests().forEach((guest, place) -> {
            if (place.kind().equals(kind) && id.map(guest::equals).orElse(true)) {
                turn.act(new CallAction.Dismiss(guest, "stopped"));
            }
        });
    }

    static boolean anyTwoWay(Turn turn) {
        return turn.guests().values().stream().anyMatch(Place::twoWay);
    }

    static void onEvent(Turn turn, LiveEvent event) {
        Place place = turn.guests().get(event.id());
        if (place == null) {
            return; // it was refused, or has been told to end
        }
        switch (event) {
            case LiveEvent.Started(String id, var data) -> turn.emit(place.kind() + ".started", with(id, place, data));
            case LiveEvent.Told(String id, String type, var data) -> turn.emit(type, with(id, place, data));
            case LiveEvent.Wants(var _, Verb verb) -> onWish(turn, verb);
            case LiveEvent.Ended(String id, boolean failed, var data) -> {
                turn.guests().remove(id);
                tellEnd(turn, id, place, failed, data);
                if (turn.phase() == CallState.Phase.TALKING) {
                    ScriptRunner.onGuestLeft(turn, id);
                }
            }
        }
    }

    private static void onWish(Turn turn, Verb verb) {
        if (turn.phase() != CallState.Phase.TALKING) {
            return;
        }
        if (verb instanceof Verb.Hangup) {
            TalkingPhase.hangup(turn, CallInput.HangupBy.GUEST);
        } else {
            ScriptRunner.run(turn, verb);
        }
    }

    private static void tellEnd(Turn turn, String id, Place place, boolean failed, Map<String, Object> data) {
        boolean stream = place.kind().equals("stream");
        String type = stream ? (failed ? "stream.failed" : "stream.stopped") : "agent.ended";
        Map<String, Object> all = with(id, place, data);
        if (!stream) {
            all.put("failed", failed);
        }
        turn.emit(type, all);
    }

    private static Map<String, Object> with(String id, Place place, Map<String, Object> data) {
        Map<String, Object> all = new HashMap<>(data);
        all.put(place.kind() + "_id", id);
        return all;
    }
}
