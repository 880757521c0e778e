package io.trunkline.control.speech;

import java.time.Duration;

/** A part of what is said: words in one manner, or silence. */
public sealed interface Piece {
    /**
     * Words.
     *
     * @param rate beside the pace that was asked for; 1 is that pace
     * @param gainDb louder or quieter
     */
    record Words(String text, double rate, double gainDb) implements Piece {}

    record Silence(Duration length) implements Piece {}
}
