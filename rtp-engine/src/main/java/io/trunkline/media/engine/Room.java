package io.trunkline.media.engine;

import io.trunkline.media.MediaRoom;
import io.trunkline.media.MediaSession;
import io.trunkline.media.graph.Mixer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A room on one lane; its mixer is touched on that lane's loop alone. */
final class Room implements MediaRoom {
    private static final int WIDEBAND = 16_000;

    private final Lane lane;
    private final Mixer mixer = new Mixer(WIDEBAND);
    private final Set<LegSession> members = new LinkedHashSet<>();

    Room(Lane lane) {
        this.lane = lane;
    }

    @Override
    public void add(MediaSession session) {
        LegSession leg = LegSession.of(session);
        if (members.add(leg)) {
            leg.moveTo(lane);
            leg.send(it -> it.sit(mixer.join()));
        }
    }

    @Override
    public void remove(MediaSession session) {
        LegSession leg = LegSession.of(session);
        if (members.remove(leg)) {
            leg.send(Leg::leaveRoom);
        }
    }

    @Override
    public void close() {
        List.copyOf(members).forEach(this::remove);
    }
}
