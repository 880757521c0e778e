package io.trunkline.control.speech;

import io.trunkline.control.call.CallRefused;
import java.util.List;

/** A text as it is to be spoken: plain, or the part of SSML that every engine can be made to speak. */
public final class SpokenText {
    private SpokenText() {}

    /** Refuses SSML that is not well-formed, or that asks for what is not there, before anything is dialled. */
    public static List<Piece> pieces(String text, String language) {
        if (!isMarkup(text)) {
            return List.of(new Piece.Words(Readings.of(text, language), 1, 0));
        }
        try {
            return new Ssml(language).read(text.strip());
        } catch (SsmlException wrong) {
            throw CallRefused.invalid("say.text", String.valueOf(wrong.getMessage()));
        }
    }

    static boolean isMarkup(String text) {
        return text.stripLeading().startsWith("<speak");
    }
}
