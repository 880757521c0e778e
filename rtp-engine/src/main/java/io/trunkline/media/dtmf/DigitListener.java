package io.trunkline.media.dtmf;

/** Told of each press once, when it has ended. */
@FunctionalInterface
public interface DigitListener {
    void onDigit(char digit, int durationMs);
}
