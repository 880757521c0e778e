package io.trunkline.sip.wire;

/** Hears what arrives unasked, on a thread of the transport: hand off and return. */
public interface Inbox {
    /** What is to become of a request, before it costs any memory. */
    sealed interface Verdict {
        /** It gets a transaction and {@link #onRequest}. */
        record Take() implements Verdict {}

        /** Silence. */
        record Ignore() implements Verdict {}

        /** Answered without a transaction (RFC 3261 8.2.7). */
        record Refuse(SipResponse response) implements Verdict {}
    }

    Verdict judge(SipRequest request, Source source);

    void onRequest(ServerTx request);

    /** A response whose transaction is gone: a repeated or forked 2xx. */
    void onStray(SipResponse response);
}
