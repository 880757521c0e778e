package io.trunkline.control.call;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.PlaybackEnd;

/** How much of a text was spoken when its playback ended: whole words, as far as the played time goes. */
final class HeardText {
    /** An ordinary pace, for speech that ended before its length was known. */
    private static final double CHARACTERS_PER_SECOND = 14;

    private HeardText() {}

    static String of(String said, MediaEvent.PlaybackFinished finished) {
        String text = words(said);
        if (finished.reason() == PlaybackEnd.COMPLETED || finished.playedMs() == 0) {
            return finished.playedMs() == 0 ? "" : text;
        }
        double share = finished.lengthMs() > 0
                ? (double) finished.playedMs() / finished.lengthMs()
                : finished.playedMs() / 1000.0 * CHARACTERS_PER_SECOND / text.length();
        return share >= 1 ? text : upToWord(text, (int) (share * text.length()));
    }

    /** Of markup, what is spoken. */
    private static String words(String said) {
        return said.stripLeading().startsWith("<speak")
                ? said.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip()
                : said;
    }

    /** A word that was begun and not finished was not heard. */
    private static String upToWord(String text, int end) {
        int cut = end;
        while (cut > 0 && !(Character.isWhitespace(text.charAt(cut)) || Character.isWhitespace(text.charAt(cut - 1)))) {
            cut--;
        }
        return text.substring(0, cut).strip();
    }
}
