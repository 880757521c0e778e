package io.trunkline.sip.wire;

/** Hears what arrives unasked, on a thread of the transport: hand off and return. */
public interface Inbox {
    void onRequest(ServerTx request);

    /** A response whose transaction is gone: a repeated or forked 2xx. */
    void onStray(SipResponse response);
}
