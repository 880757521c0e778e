package io.trunkline.media.dtmf;

/** The sixteen digits, their event codes (RFC 4733 section 3.2) and their pairs of tones (ITU-T Q.23). */
public final class Digits {
    private static final String BY_EVENT = "0123456789*#ABCD";
    private static final String KEYPAD = "123A456B789C*0#D";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1209, 1336, 1477, 1633};

    /** How far a tone may be off (ITU-T Q.24 asks receivers for 1.8 %), and what measuring a short one adds. */
    private static final double TOLERANCE = 0.02;

    private Digits() {}

    static boolean isDigit(char digit) {
        return BY_EVENT.indexOf(digit) >= 0;
    }

    static boolean isEvent(int event) {
        return event >= 0 && event < BY_EVENT.length();
    }

    static char digit(int event) {
        return BY_EVENT.charAt(event);
    }

    static int event(char digit) {
        return BY_EVENT.indexOf(digit);
    }

    static char at(int row, int column) {
        return KEYPAD.charAt(4 * row + column);
    }

    static int row(int index) {
        return ROWS[index];
    }

    static int column(int index) {
        return COLUMNS[index];
    }

    /** The lower tone of a digit, in hertz. */
    public static int low(char digit) {
        return ROWS[KEYPAD.indexOf(digit) / 4];
    }

    /** The higher tone of a digit, in hertz. */
    public static int high(char digit) {
        return COLUMNS[KEYPAD.indexOf(digit) % 4];
    }

    /** Whether two tones that sound together are some digit's, the lower one first. */
    public static boolean areDigit(double low, double high) {
        return isNear(low, ROWS) && isNear(high, COLUMNS);
    }

    private static boolean isNear(double hertz, int[] tones) {
        for (int tone : tones) {
            if (Math.abs(hertz - tone) <= TOLERANCE * tone) {
                return true;
            }
        }
        return false;
    }
}
