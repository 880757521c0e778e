package io.trunkline.sip.wire;

import io.trunkline.sip.TraceEntry;

/** A request of a peer that wants an answer. An ACK has no transaction: its {@link #respond} does nothing. */
public interface ServerTx {
    SipRequest request();

    Source source();

    /** The request as it came, for the trace of the call that it opens. */
    TraceEntry arrival();

    /**
     * Answers. Via, From, Call-ID, CSeq and Record-Route come from the request, and so does To unless the response
     * carries one. After a 2xx to an INVITE it may be called again to repeat it.
     */
    void respond(SipResponse response) throws WireException;
}
