package io.trunkline.media.amd;

import org.jspecify.annotations.Nullable;

/**
 * What sets a call screener apart from a mailbox is that it listens: after its announcement it waits without a beep, and
 * when it has heard enough it answers, or rings for the person it guards.
 */
final class ScreenerRule {
    private static final int LISTENS_FRAMES = 200;
    private static final int REPLY_FRAMES = 30;
    private static final int REPLY_OVER_FRAMES = 40;
    private static final int LONGEST_REPLY_FRAMES = 400;

    private final CadenceRule cadence = new CadenceRule();
    private int replyFrom = -1;

    /** In words, once it has shown itself. Asked from the end of the greeting on, as long as there was no beep. */
    @Nullable
    String update(Listening heard) {
        Turns turns = heard.turns();
        String meaning = cadence.update(heard.ear().frame(), heard.tones());
        if (meaning != null && meaning.startsWith("ringback")) {
            return "after its announcement it rings on";
        }
        if (turns.silence() == 0 && turns.lastPause() >= LISTENS_FRAMES) {
            replyFrom = turns.end() - turns.lastSpurt();
        }
        int reply = turns.end() - replyFrom;
        boolean replied = replyFrom > 0
                && turns.silence() >= REPLY_OVER_FRAMES
                && reply >= REPLY_FRAMES
                && reply <= LONGEST_REPLY_FRAMES;
        return replied ? "after its announcement it listened without a beep, then answered" : null;
    }
}
