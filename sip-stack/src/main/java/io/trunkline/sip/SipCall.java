package io.trunkline.sip;

import java.util.List;
import java.util.Map;

/** One call's dialog, in either direction. Every method enqueues and returns; outcomes are events. */
public interface SipCall {
    /** The SIP Call-ID. */
    String callId();

    /** 180, or 183 with early media when {@code sdp} is not empty (calls in). */
    void ring(String sdp);

    /** 200 with our SDP (calls in), or the answer to {@link SipEvent.Offered}. */
    void answer(String sdp);

    /** A final refusal (calls in), or of an offer in dialog (488). */
    void reject(int code, String phrase);

    /**
     * Ends the call whatever its state: CANCEL once a provisional came, BYE when answered, and ACK + BYE for an answer
     * that crosses it.
     */
    void hangup(SipEnd.Reason reason);

    /** A new offer in the dialog; {@link SipEvent.Reanswered} or {@link SipEvent.ReofferFailed} follows. */
    void reinvite(String sdp);

    /** Blind transfer; {@link SipEvent.TransferProgress} follows. */
    void refer(String target);

    /**
     * Attended transfer: the peer of this call takes the place that we have in {@code other}, which must be answered
     * (RFC 3891, RFC 5589 7.3).
     */
    void referTo(SipCall other);

    /**
     * How the transfer that the peer asked for goes on (NOTIFY, RFC 3515 2.4.5); a final code is the last word. Nothing
     * when none was asked for.
     */
    void transferStatus(int code, String phrase);

    /** Sends a digit by SIP INFO. */
    void info(char digit, int durationMs);

    /**
     * Opaque text from which {@link SipStack#release} can hang up after a crash; also delivered by
     * {@link SipEvent.SnapshotChanged} whenever it changes. Empty before an answer.
     */
    String snapshot();

    /** Every message so far, credentials masked. */
    List<TraceEntry> trace();

    /** Headers of the first request of a call in, lower-case names. */
    Map<String, String> headers();
}
