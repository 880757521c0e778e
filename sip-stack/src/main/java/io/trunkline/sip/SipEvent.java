package io.trunkline.sip;

import java.util.Map;
import java.util.Optional;

/** Everything that a dialog reports upwards. */
public sealed interface SipEvent {
    /** A call in. {@code sdp} is empty for a late offer. */
    record Incoming(
            String trunkId,
            String from,
            String to,
            String displayName,
            Optional<String> sdp,
            Map<String, String> headers)
            implements SipEvent {}

    /** The INVITE left for the wire. {@code atNanos} is {@link System#nanoTime()}. */
    record Sent(String host, long atNanos) implements SipEvent {}

    record Trying() implements SipEvent {}

    record Ringing(int code) implements SipEvent {}

    /** A provisional with SDP. */
    record EarlyMedia(int code, String sdp) implements SipEvent {}

    /** 200: {@code sdp} is empty when the answer came in an earlier reliable provisional. */
    record Answered(Optional<String> sdp, Map<String, String> headers) implements SipEvent {}

    /** A call in that we answered has its ACK; {@code sdp} when the offer was ours. */
    record Confirmed(Optional<String> sdp) implements SipEvent {}

    /** The peer's offer inside the dialog (hold, resume, new address): {@link SipCall#answer} or reject it. */
    record Offered(String sdp) implements SipEvent {}

    record Reanswered(String sdp) implements SipEvent {}

    record ReofferFailed(int code, String phrase) implements SipEvent {}

    record Digit(char digit, int durationMs) implements SipEvent {}

    record TransferProgress(int code, String phrase) implements SipEvent {}

    /** The peer asks us to call someone else; refused unless the trunk allows it. */
    record TransferRequested(String target, Optional<String> replaces) implements SipEvent {}

    /**
     * Another takes the place of the peer in this call (RFC 3891). Its {@link Offered}, or a {@link Reanswered} where it
     * brings no offer, follows; when the offer is rejected the call stays with the old peer.
     */
    record Replaced(String from, String displayName) implements SipEvent {}

    record SnapshotChanged(String snapshot) implements SipEvent {}

    /** Always the last, exactly once. */
    record Ended(SipEnd end) implements SipEvent {}
}
