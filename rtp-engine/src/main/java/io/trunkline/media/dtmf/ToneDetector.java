package io.trunkline.media.dtmf;

/**
 * Digits heard as tones, by Goertzel filters over windows of 12.75 ms every 6.4 ms (ITU-T Q.24): a press of 40 ms is
 * found, one of 25 ms and a break of 10 ms are not. Speech is kept out by what a keypad never does: energy besides the
 * two tones, twist beyond +8 and −4 dB, frequencies off by more than 2.5 %, harmonics, and shortness.
 */
public final class ToneDetector {
    private static final int WINDOWS_TO_BEGIN = 4;
    private static final int WINDOWS_TO_END = 5;
    /** Weakest tone taken: −36 dBFS. */
    private static final double LOWEST_AMPLITUDE = 32_767 * 0.0158;

    private static final double PAIR_SHARE = 0.6;
    private static final double NORMAL_TWIST = 6.3;
    private static final double REVERSE_TWIST = 2.5;
    /** The best of a group stands 8 dB above the next. */
    private static final double OTHERS = 6.3;
    /** A harmonic lies 12 dB below. */
    private static final double HARMONIC = 16;

    private static final char NONE = 0;

    private final int sampleRate;
    private final int window;
    private final int hop;
    private final short[] samples;
    private final double[] rows = new double[4];
    private final double[] columns = new double[4];
    private final DigitListener listener;

    private int filled;
    private char candidate = NONE;
    private int hits;
    private int misses;
    private char pressed = NONE;
    private int windowsHeard;

    public ToneDetector(int sampleRate, DigitListener listener) {
        this.sampleRate = sampleRate;
        this.listener = listener;
        hop = sampleRate * 51 / 8000;
        window = 2 * hop;
        samples = new short[window];
    }

    public void process(short[] in, int length) {
        int done = 0;
        while (done < length) {
            int taken = Math.min(window - filled, length - done);
            System.arraycopy(in, done, samples, filled, taken);
            filled += taken;
            done += taken;
            if (filled == window) {
                onWindow(classify());
                System.arraycopy(samples, hop, samples, 0, window - hop);
                filled = window - hop;
            }
        }
    }

    private void onWindow(char heard) {
        hits = heard != NONE && heard == candidate ? hits + 1 : heard == NONE ? 0 : 1;
        candidate = heard;
        if (pressed != NONE) {
            windowsHeard++;
            misses = heard == pressed ? 0 : misses + 1;
            if (misses >= WINDOWS_TO_END || (hits >= WINDOWS_TO_BEGIN && heard != pressed)) {
                release();
            }
        }
        if (pressed == NONE && hits >= WINDOWS_TO_BEGIN) {
            pressed = heard;
            misses = 0;
            windowsHeard = hits;
        }
    }

    private void release() {
        char digit = pressed;
        int heard = (windowsHeard - misses + 1) * hop;
        pressed = NONE;
        listener.onDigit(digit, heard * 1000 / sampleRate);
    }

    private char classify() {
        double energy = energy();
        if (energy < 2 * LOWEST_AMPLITUDE * LOWEST_AMPLITUDE * window / 2) {
            return NONE;
        }
        for (int i = 0; i < 4; i++) {
            rows[i] = power(Digits.row(i));
            columns[i] = power(Digits.column(i));
        }
        int row = best(rows);
        int column = best(columns);
        if (row < 0 || column < 0 || !isPair(rows[row], columns[column], energy)) {
            return NONE;
        }
        boolean precise = isNear(Digits.row(row), rows[row]) && isNear(Digits.column(column), columns[column]);
        return precise && !hasHarmonics(row, column) ? Digits.at(row, column) : NONE;
    }

    /** Louder here than 5 % beside: the tone is at most half that off. */
    private boolean isNear(int frequency, double power) {
        return power > power(frequency * 1.05) && power > power(frequency * 0.95);
    }

    /** The third of the lower tone, since its second may lie beside a higher one; the second of the higher. */
    private boolean hasHarmonics(int row, int column) {
        return power(3 * Digits.row(row)) * HARMONIC > rows[row]
                || power(2 * Digits.column(column)) * HARMONIC > columns[column];
    }

    private boolean isPair(double low, double high, double energy) {
        boolean twisted = high > low * NORMAL_TWIST || low > high * REVERSE_TWIST;
        return !twisted && low + high > PAIR_SHARE * energy * window / 2;
    }

    /** The loudest of a group when it stands out, or −1. */
    private static int best(double[] powers) {
        int best = 0;
        for (int i = 1; i < 4; i++) {
            best = powers[i] > powers[best] ? i : best;
        }
        for (int i = 0; i < 4; i++) {
            if (i != best && powers[i] * OTHERS > powers[best]) {
                return -1;
            }
        }
        return best;
    }

    private double energy() {
        double sum = 0;
        for (int i = 0; i < window; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum;
    }

    /** Goertzel: the squared magnitude at one frequency. */
    private double power(double frequency) {
        double coefficient = 2 * Math.cos(2 * Math.PI * frequency / sampleRate);
        double last = 0;
        double before = 0;
        for (int i = 0; i < window; i++) {
            double now = samples[i] + coefficient * last - before;
            before = last;
            last = now;
        }
        return last * last + before * before - coefficient * last * before;
    }
}
