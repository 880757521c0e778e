package io.trunkline.media;

/**
 * A stream's health (RFC 3550 section 6.4); rates are fractions, times milliseconds, −1 where unknown.
 */
public record LegStats(
        long packetsIn,
        long packetsOut,
        long packetsStray,
        long packetsLate,
        double lossIn,
        double lossOut,
        double jitterMs,
        double rttMs,
        double mos) {
    public static final LegStats EMPTY = new LegStats(0, 0, 0, 0, 0, 0, 0, -1, -1);
}
