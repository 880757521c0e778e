package io.trunkline.media.codec;

import java.util.List;
import java.util.stream.Stream;

/** The coefficients of a {@link Resampler}: one short filter a phase, each of unit gain. Immutable. */
final class ResamplerFilter {
    /** Zero crossings on either side, at the lower rate. */
    private static final int HALF_WIDTH = 24;
    /** Kaiser window for 64 dB of stop band. */
    private static final double BETA = 6.2;
    /** Middle of the transition, from 0.425 to 0.5 of the lower rate. */
    private static final double CUTOFF = 0.4625;
    /** Rates without a common measure have too many phases: the nearest of so many is close enough (−65 dB). */
    private static final int MOST_PHASES = 2048;

    private static final int GAIN_BITS = 14;
    /** What a sum begins with, so that it is rounded. */
    static final int HALF = 1 << (GAIN_BITS - 1);

    private static final double BESSEL_OF_BETA = bessel(BETA);

    /** Those of many phases that speech and music want, designed when the first is asked for. */
    private static final class Usual {
        private static final List<ResamplerFilter> ALL = Stream.of(22_050, 44_100)
                .flatMap(from -> Stream.of(8000, 16_000).map(to -> new ResamplerFilter(from, to)))
                .toList();
    }

    private final int from;
    private final int to;
    private final int steps;
    private final int stepWhole;
    private final int stepRest;
    private final int phases;
    private final int taps;
    private final int[] coefficients;

    static ResamplerFilter of(int from, int to) {
        if (from % 11_025 != 0) {
            return new ResamplerFilter(from, to);
        }
        return Usual.ALL.stream()
                .filter(usual -> usual.from == from && usual.to == to)
                .findFirst()
                .orElseGet(() -> new ResamplerFilter(from, to));
    }

    private ResamplerFilter(int from, int to) {
        this.from = from;
        this.to = to;
        int divisor = gcd(from, to);
        steps = to / divisor;
        stepWhole = from / to;
        stepRest = from / divisor % steps;
        phases = Math.min(steps, MOST_PHASES);
        taps = 2 * (int) Math.ceil(HALF_WIDTH * Math.max(1.0, (double) from / to));
        coefficients = new int[phases * taps];
        double cutoff = 2 * CUTOFF * Math.min(1.0, (double) to / from);
        for (int phase = 0; phase < phases; phase++) {
            design(phase, cutoff);
        }
    }

    int taps() {
        return taps;
    }

    /** Outputs between two inputs; the unit of a phase. */
    int steps() {
        return steps;
    }

    int stepWhole() {
        return stepWhole;
    }

    int stepRest() {
        return stepRest;
    }

    short apply(int[] window, int last, int phase) {
        int row = (phases == steps ? phase : (int) ((long) phase * phases / steps)) * taps;
        int start = last - taps + 1;
        int sum = HALF;
        for (int k = 0; k < taps; k++) {
            sum += window[start + k] * coefficients[row + k];
        }
        return sample(sum);
    }

    static short sample(int sum) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum >> GAIN_BITS));
    }

    int coefficient(int phase, int tap) {
        return coefficients[phase * taps + tap];
    }

    private void design(int phase, double cutoff) {
        double half = taps / 2.0;
        double[] row = new double[taps];
        double sum = 0;
        for (int k = 0; k < taps; k++) {
            double distance = (double) phase / phases + half - 1 - k;
            row[k] = sinc(cutoff * distance) * kaiser(distance / half);
            sum += row[k];
        }
        int error = 1 << GAIN_BITS;
        for (int k = 0; k < taps; k++) {
            int value = (int) Math.round(row[k] / sum * (1 << GAIN_BITS));
            coefficients[phase * taps + k] = value;
            error -= value;
        }
        // the same gain at zero frequency in each phase, or a constant would sing
        coefficients[phase * taps + taps / 2 - 1] += error;
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / BESSEL_OF_BETA;
    }

    /** The modified Bessel function of order zero, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
