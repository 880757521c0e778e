package io.trunkline.media.loop;

import org.HdrHistogram.Histogram;

/** A loop's own health: counted by the loop, published once a second as one immutable record. */
public final class LoopStats {
    /**
     * What others may see.
     *
     * @param skippedTicks turns that no member got because the loop came too late
     * @param failures members that threw and were dropped
     */
    public record Published(
            int members,
            long skippedTicks,
            long failures,
            long packetsIn,
            long packetsOut,
            long packetsStray,
            long latenessP50Micros,
            long latenessP99Micros,
            long latenessP999Micros,
            long latenessMaxMicros) {
        /** Two loops as one: counts add up, lateness is the worse one's. */
        public Published and(Published other) {
            return new Published(
                    members + other.members,
                    skippedTicks + other.skippedTicks,
                    failures + other.failures,
                    packetsIn + other.packetsIn,
                    packetsOut + other.packetsOut,
                    packetsStray + other.packetsStray,
                    Math.max(latenessP50Micros, other.latenessP50Micros),
                    Math.max(latenessP99Micros, other.latenessP99Micros),
                    Math.max(latenessP999Micros, other.latenessP999Micros),
                    Math.max(latenessMaxMicros, other.latenessMaxMicros));
        }
    }

    public static final Published NOTHING = new Published(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final long LONGEST_MICROS = 10_000_000;

    private final Histogram lateness = new Histogram(LONGEST_MICROS, 2);
    private volatile Published published = NOTHING;
    private long skippedTicks;
    private long failures;
    private long packetsIn;
    private long packetsOut;
    private long packetsStray;

    void onSlot(long lateNanos) {
        lateness.recordValue(Math.clamp(lateNanos / 1000, 0, LONGEST_MICROS));
    }

    void onSkipped(int ticks) {
        skippedTicks += ticks;
    }

    void onFailure() {
        failures++;
    }

    /** What a leg counted since it last told. */
    public void onPackets(long in, long out, long stray) {
        packetsIn += in;
        packetsOut += out;
        packetsStray += stray;
    }

    void publish(int members) {
        published = new Published(
                members,
                skippedTicks,
                failures,
                packetsIn,
                packetsOut,
                packetsStray,
                lateness.getValueAtPercentile(50),
                lateness.getValueAtPercentile(99),
                lateness.getValueAtPercentile(99.9),
                lateness.getMaxValue());
    }

    public Published published() {
        return published;
    }
}
