package io.trunkline.media.net;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose packets are the peer's. Only addresses of the SDP or of the trunk's list are heard at all; a peer
 * behind NAT may appear on another port than it announced, but only at the start: within the window after its first
 * packet, and only while the port heard so far is quiet, so that two senders cannot take turns. Then it is locked until
 * a new negotiation names another address.
 */
public final class Latch {
    private static final long QUIET_NANOS = 100_000_000L;

    private final long windowNanos;
    private List<AddressBlock> allowed = List.of();
    private @Nullable InetSocketAddress announced;
    private @Nullable InetSocketAddress latched;
    private long firstHeardNanos;
    private long lastHeardNanos;
    private boolean locked;
    private boolean pinned;

    public Latch(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** A negotiation's outcome: opens the window again; the same address keeps what was latched while it is heard. */
    public void announce(InetSocketAddress remote, List<AddressBlock> allowedSources, long nowNanos) {
        allowed = allowedSources;
        locked = false;
        firstHeardNanos = nowNanos;
        if (!remote.equals(announced)) {
            announced = remote;
            latched = null;
        }
    }

    /** True when a packet from {@code source} is the peer's. */
    public boolean accepts(InetSocketAddress source, long nowNanos) {
        if (source.equals(latched)) {
            lastHeardNanos = nowNanos;
            locked = locked || nowNanos - firstHeardNanos >= windowNanos;
            return true;
        }
        if (locked || announced == null || !isAllowed(source)) {
            return false;
        }
        return latched == null ? latchFirst(source, nowNanos) : latchOther(source, nowNanos);
    }

    /** True when {@link #accepts} could say yes: asked before anything is spent on a stranger's packet. */
    public boolean mayAccept(InetSocketAddress source) {
        return source.equals(latched) || (!locked && announced != null && isAllowed(source));
    }

    /** Connectivity checks have found the peer: nobody else is heard until another is found. */
    public void pin(InetSocketAddress peer) {
        announced = peer;
        latched = peer;
        locked = true;
        pinned = true;
    }

    private boolean latchFirst(InetSocketAddress source, long nowNanos) {
        latched = source;
        firstHeardNanos = nowNanos;
        lastHeardNanos = nowNanos;
        return true;
    }

    private boolean latchOther(InetSocketAddress source, long nowNanos) {
        if (nowNanos - firstHeardNanos >= windowNanos) {
            locked = true;
            return false;
        }
        boolean currentIsQuiet = nowNanos - lastHeardNanos >= QUIET_NANOS;
        if (!currentIsQuiet && !source.equals(announced)) {
            return false;
        }
        latched = source;
        lastHeardNanos = nowNanos;
        return true;
    }

    private boolean isAllowed(InetSocketAddress source) {
        InetSocketAddress remote = announced;
        if (remote != null && remote.getAddress().equals(source.getAddress())) {
            return true;
        }
        for (int i = 0; i < allowed.size(); i++) {
            if (allowed.get(i).contains(source.getAddress())) {
                return true;
            }
        }
        return false;
    }

    /** Where to send: where the peer was heard, else where it said it would be; null before any negotiation. */
    public @Nullable InetSocketAddress remote() {
        return latched != null ? latched : announced;
    }

    public boolean hasLatched() {
        return latched != null;
    }

    /** True once only the latched source is to be heard: a pinned one may be replaced, and others may ask. */
    public boolean isSettled() {
        return locked && !pinned;
    }

    /** True once no other source can win any more. */
    public boolean isLocked() {
        return locked;
    }
}
