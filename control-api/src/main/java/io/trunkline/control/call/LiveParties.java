package io.trunkline.control.call;

import io.trunkline.media.MediaSession;
import java.util.function.Consumer;

/** Lets streams and agents into calls. */
public interface LiveParties {
    /** @param events from any thread, the last of them {@link LiveEvent.Ended} */
    LiveParty stream(CallSnapshot call, MediaSession leg, Verb.Stream stream, Consumer<LiveEvent> events);

    LiveParty agent(CallSnapshot call, MediaSession leg, Verb.Agent agent, Consumer<LiveEvent> events);
}
