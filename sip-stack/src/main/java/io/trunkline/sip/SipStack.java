package io.trunkline.sip;

import io.trunkline.sip.trunk.JndiDns;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The door to signalling: listening points, trunks, calls out and calls in. */
public interface SipStack extends AutoCloseable {
    /**
     * Opens the listening points; calls can be placed when it returns.
     *
     * @throws java.io.UncheckedIOException when an address cannot be listened on
     */
    static SipStack start(SipConfig config, IncomingCalls incoming, TrunkListener trunks) {
        return new RunningStack(config, incoming, trunks, new JndiDns());
    }

    /** Replaces the trunks; registrations and health checks follow. */
    void setTrunks(Collection<Trunk> trunks);

    /** The trunks that take this number, best first: prefix length, priority, weight; health only orders. */
    List<Trunk> route(String to);

    TrunkStatus status(String trunkId);

    /**
     * Asks the trunk all that can be asked without ringing anybody, which takes ten seconds at most; fails with an
     * {@link IllegalArgumentException} for a trunk that is not set.
     */
    CompletableFuture<ProbeReport> probe(String trunkId);

    /**
     * Places a call. Returns at once; the INVITE and all that follows happens on the call's worker. The listener gets
     * exactly one {@link SipEvent.Ended}, last.
     */
    SipCall invite(InviteRequest request, SipCallListener listener);

    /** Hangs up a dialog of a process that is gone, from {@link SipCall#snapshot()}. */
    void release(String snapshot);

    SipStats stats();

    @Override
    void close();
}
