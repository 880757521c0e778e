package io.trunkline.sip.wire;

/** A client transaction of ours that is under way. */
public interface ClientTx {
    /** Sends a CANCEL for an INVITE that has had a provisional response (RFC 3261 9.1). */
    void cancel(Headers extra) throws WireException;

    /** Forgets it: no retransmission, no further word. */
    void abandon();
}
