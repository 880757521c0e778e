package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DTMF in INFO bodies: application/dtmf-relay and the bare application/dtmf. */
final class InfoDigits {
    private static final String DIGITS = "0123456789*#ABCD";
    private static final Pattern SIGNAL = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*(\\S{1,2})\\s*$");
    private static final Pattern DURATION = Pattern.compile("(?im)^\\s*Duration\\s*=\\s*(\\d{1,5})\\s*$");
    private static final int USUAL_MS = 160;

    private InfoDigits() {}

    static boolean isDigit(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit)) >= 0;
    }

    static String body(char digit, int durationMs) {
        return "Signal=" + digit + "\r\nDuration=" + durationMs + "\r\n";
    }

    static Optional<SipEvent.Digit> parse(String contentType, String body) {
        String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        return switch (type) {
            case "application/dtmf-relay" -> relay(body);
            case "application/dtmf" -> digit(body.strip()).map(d -> new SipEvent.Digit(d, USUAL_MS));
            default -> Optional.empty();
        };
    }

    private static Optional<SipEvent.Digit> relay(String body) {
        Matcher signal = SIGNAL.matcher(body);
        Matcher duration = DURATION.matcher(body);
        int ms = duration.find() ? Integer.parseInt(duration.group(1)) : USUAL_MS;
        return signal.find() ? digit(signal.group(1)).map(d -> new SipEvent.Digit(d, ms)) : Optional.empty();
    }

    private static Optional<Character> digit(String text) {
        return switch (text) {
            case "10" -> Optional.of('*');
            case "11" -> Optional.of('#');
            default ->
                text.length() == 1 && isDigit(text.charAt(0))
                        ? Optional.of(Character.toUpperCase(text.charAt(0)))
                        : Optional.empty();
        };
    }
}
