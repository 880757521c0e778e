package io.trunkline.control.call;

/** What a browser that joins a call brings along. */
public sealed interface BrowserSdp {
    /** Its offer, which we answer. */
    record Offer(String sdp) implements BrowserSdp {}

    /** Its answer to our own offer, the one of {@code webrtc.offered}. */
    record Answer(String sdp) implements BrowserSdp {}

    /** One more address of a browser that has joined (trickle ICE, RFC 8838); empty at the end of them. */
    record Candidate(String line) implements BrowserSdp {}
}
