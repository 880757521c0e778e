package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;

/**
 * Figures of measuring tests: always printed, and held against their limits with {@code -Dmeasure.strict=true}, which is
 * for a machine that does nothing else.
 */
final class Measured {
    private static final long MOST_MICROS = 60_000_000;

    private Measured() {}

    static Histogram micros() {
        return new Histogram(MOST_MICROS, 3);
    }

    static void record(Histogram into, long nanos) {
        into.recordValue(Math.clamp(nanos / 1000, 0, MOST_MICROS));
    }

    static void millis(String what, Histogram micros, double percentile, double mostMillis) {
        double value = micros.getValueAtPercentile(percentile) / 1e3;
        System.out.printf(
                "%s: p50 %.1f ms, p%.0f %.1f ms (wanted %.0f), max %.1f ms of %d%n",
                what,
                micros.getValueAtPercentile(50) / 1e3,
                percentile,
                value,
                mostMillis,
                micros.getMaxValue() / 1e3,
                micros.getTotalCount());
        atMost(what, value, mostMillis);
    }

    static void atLeast(String what, double value, double least) {
        System.out.printf("%s: %.1f (wanted at least %.1f)%n", what, value, least);
        if (Boolean.getBoolean("measure.strict")) {
            assertThat(value).as(what).isGreaterThanOrEqualTo(least);
        }
    }

    static void atMost(String what, double value, double most) {
        if (Boolean.getBoolean("measure.strict")) {
            assertThat(value).as(what).isLessThanOrEqualTo(most);
        }
    }
}
