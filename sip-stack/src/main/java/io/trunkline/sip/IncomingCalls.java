package io.trunkline.sip;

/** Receives calls in. */
public interface IncomingCalls {
    /** A call from a known trunk; the listener it returns gets what follows. Must not block. */
    SipCallListener onIncoming(SipCall call, SipEvent.Incoming invite);
}
