package io.trunkline.control.call;

/** What happens to the browser of a call. */
sealed interface BrowserEvent {
    /** Our offer, for whoever wants to take the call in a browser. */
    record Offered(String sdp) implements BrowserEvent {}

    /** Its description has been taken: it is part of the call. */
    record Joined() implements BrowserEvent {}

    /** Its first packet has come. */
    record Connected() implements BrowserEvent {}

    /** The phone was answered: from here on the two talk, by this answer to the offer of the one or the other. */
    record Answered(String sdp) implements BrowserEvent {}

    record Gone(String reason, String detail) implements BrowserEvent {}
}
