package io.trunkline.control.call;

/** A stream or an agent that takes part in a call. Called on the call's mailbox; must not block. */
public interface LiveParty {
    void onDigit(char digit, int durationMs);

    /** The callee begins or ends to speak, by our own ear. */
    default void onSpeech(boolean speaking) {
        // most do not mind
    }

    /** Ends it: its {@link LiveEvent.Ended} is reported before this returns, unless it was before. */
    void end(String reason);
}
