package io.trunkline.control.call;

import io.trunkline.sip.SipCall;
import java.time.Duration;

/** Digits one after another by SIP INFO, for trunks that want them so. */
final class DigitsByInfo {
    private static final int TONE_MILLIS = 100;
    private static final Duration DIGIT = Duration.ofMillis(160);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private DigitsByInfo() {}

    /** {@code w} is a pause, as in digits sent by media. */
    static void send(String digits, SipCall dialog, CallTimers timers) {
        Duration at = Duration.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit == 'w') {
                at = at.plus(PAUSE);
            } else {
                timers.schedule(at, () -> dialog.info(digit, TONE_MILLIS));
                at = at.plus(DIGIT);
            }
        }
    }
}
