package io.trunkline.control.call;

import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaRoom;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rooms that calls of this node meet in, by account and name; each is there while somebody is in it. Guarded by its
 * lock, which is held for a few look-ups: media rooms only enqueue.
 */
final class Rooms {
    private static final int MOST = 200;

    private final MediaEngine media;
    private final PhoneNetworkRule rule;
    private final Map<Key, Room> open = new HashMap<>();

    private record Key(String accountId, String name) {}

    private record Room(MediaRoom media, Set<Call> members) {}

    Rooms(MediaEngine media, PhoneNetworkRule rule) {
        this.media = media;
        this.rule = rule;
    }

    /** Whether the call may meet all who are in the room now. */
    synchronized boolean welcomes(Call call, Verb.Conference conference) {
        Room room = open.get(key(call, conference));
        return room == null || room.members().stream().allMatch(member -> rule.mayMeet(call.shown(), member.shown()));
    }

    synchronized void enter(Call call, Verb.Conference conference) {
        if (!welcomes(call, conference)) {
            call.post(new CallInput.RoomClosed(conference.room()));
            return;
        }
        Room room = open.computeIfAbsent(key(call, conference), _ -> new Room(media.openRoom(), new LinkedHashSet<>()));
        if (room.members().size() >= MOST) {
            call.post(new CallInput.RoomClosed(conference.room()));
            return;
        }
        room.members().add(call);
        call.media().ifPresent(leg -> {
            leg.mute(false, conference.muted());
            room.media().add(leg);
        });
        call.post(new CallInput.RoomEntered(conference.room(), room.members().size()));
    }

    synchronized void leave(Call call, Verb.Conference conference) {
        Key key = key(call, conference);
        Room room = open.get(key);
        if (room == null || !room.members().remove(call)) {
            return;
        }
        call.media().ifPresent(leg -> {
            leg.mute(false, false);
            room.media().remove(leg);
        });
        if (conference.endOnExit()) {
            List.copyOf(room.members()).forEach(other -> {
                other.media().ifPresent(room.media()::remove);
                other.post(new CallInput.RoomClosed(conference.room()));
            });
            room.members().clear();
        }
        if (room.members().isEmpty()) {
            room.media().close();
            open.remove(key);
        }
    }

    private static Key key(Call call, Verb.Conference conference) {
        return new Key(call.shown().owner().accountId(), conference.room());
    }
}
