package io.trunkline.sip.dialog;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.Wire;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a call stands on. */
public interface Ground {
    Wire wire();

    Timers timers();

    /** Threads that may block. */
    Executor threads();

    /** The addresses of a trunk, best first, looked up as they are asked for. May block on DNS. */
    Iterator<Hop> hops(Trunk trunk);

    /** The trunk, of those in force, that has this host; {@code port} 0 is any. */
    Optional<Trunk> trunkAt(String host, int port);

    /** Where a request inside a dialog goes: the address of this URI, or {@code heard} where that is the wiser one. */
    Hop hop(String uri, Hop heard, Trunk trunk);

    /** The dialog exists from here on: requests with its tags reach it. */
    void opened(InviteDialog dialog);

    /** Nothing of it is left. */
    void closed(InviteDialog dialog);

    /** An INVITE of a call out has left for a host of the trunk. */
    void onSent(Trunk trunk);

    /** What the trunk did, for its health. */
    void onAttempt(Trunk trunk, boolean reachable);
}
