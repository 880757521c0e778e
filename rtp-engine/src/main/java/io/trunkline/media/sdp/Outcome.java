package io.trunkline.media.sdp;

/** What an offer and an answer came to. */
public sealed interface Outcome {
    /** Media can flow: our description, and the plan of the leg. */
    record Agreed(Sdp local, MediaPlan plan) implements Outcome {}

    /** It cannot; {@code reason} is one of the stable words of {@link io.trunkline.media.Negotiation.Refused}. */
    record Refused(String reason, String detail) implements Outcome {}
}
