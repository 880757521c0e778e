package io.trunkline.media;

/** The outcome of an offer or an answer. */
public sealed interface Negotiation {
    /**
     * Media can flow.
     *
     * @param localSdp our answer, or the offer that was answered
     * @param codec what both send and receive
     * @param remoteDirection what the peer wants; {@code SENDONLY} or {@code INACTIVE} means we are on hold
     */
    record Agreed(String localSdp, Codec codec, Direction remoteDirection) implements Negotiation {}

    /**
     * No media is possible: 488 towards an offer, ACK and BYE after an answer.
     *
     * @param reason stable words: {@code no_common_codec}, {@code encryption_required}, {@code invalid_sdp} …
     * @param detail what was found, for people
     */
    record Refused(String reason, String detail) implements Negotiation {}
}
