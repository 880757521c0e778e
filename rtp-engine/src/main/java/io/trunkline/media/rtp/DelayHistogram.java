package io.trunkline.media.rtp;

/**
 * How much later than the quickest ones packets arrive, as a slowly forgetting histogram. Its quantile is the delay a
 * playout needs; when the peer's clock drifts, the whole picture moves and old entries fade.
 */
public final class DelayHistogram {
    private static final int BIN_MICROS = 5_000;
    private static final int BINS = 64;
    private static final int WEIGHT = 256;
    private static final int PACKETS_BETWEEN_FADES = 16;
    private static final long REBASE_NANOS = 60_000_000_000L;

    private final int[] bins = new int[BINS];
    private final int clockRate;
    private int total;
    private int sinceFade;
    private long referenceNanos;
    private int referenceTimestamp;
    private boolean started;

    public DelayHistogram(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Starts again from this packet. */
    public void reset(int timestamp, long arrivalNanos) {
        java.util.Arrays.fill(bins, 0);
        total = 0;
        sinceFade = 0;
        referenceTimestamp = timestamp;
        referenceNanos = arrivalNanos;
        started = true;
    }

    public boolean hasStarted() {
        return started;
    }

    /** How long after the quickest packets' schedule this moment is, for the sample of this timestamp. */
    public long delayMicros(int timestamp, long nanos) {
        long sinceReference = (long) (timestamp - referenceTimestamp) * 1_000_000 / clockRate;
        return (nanos - referenceNanos) / 1000 - sinceReference;
    }

    public void add(int timestamp, long arrivalNanos) {
        rebase(timestamp);
        long delay = delayMicros(timestamp, arrivalNanos);
        if (delay < 0) {
            shiftUp((int) Math.min(BINS, -delay / BIN_MICROS + 1));
            delay = delayMicros(timestamp, arrivalNanos);
        }
        bins[Math.clamp(delay / BIN_MICROS, 0, BINS - 1)] += WEIGHT;
        total += WEIGHT;
        if (++sinceFade == PACKETS_BETWEEN_FADES) {
            fade();
        }
    }

    /** The upper edge of the bin under which {@code share} of the packets lie. */
    public long quantileMicros(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int bin = 0; bin < BINS; bin++) {
            seen += bins[bin];
            if (seen >= wanted) {
                return (bin + 1L) * BIN_MICROS;
            }
        }
        return (long) BINS * BIN_MICROS;
    }

    private void fade() {
        sinceFade = 0;
        total = 0;
        for (int bin = 0; bin < BINS; bin++) {
            bins[bin] -= (bins[bin] + 63) >> 6;
            total += bins[bin];
        }
        if (total > 0 && bins[0] == 0) {
            shiftDown();
        }
    }

    private void shiftUp(int by) {
        for (int bin = BINS - 1; bin >= 0; bin--) {
            int from = Math.max(0, bin - by);
            bins[bin] = bin - by >= 0 ? bins[from] : 0;
        }
        referenceNanos -= (long) by * BIN_MICROS * 1000;
    }

    private void shiftDown() {
        System.arraycopy(bins, 1, bins, 0, BINS - 1);
        bins[BINS - 1] = 0;
        referenceNanos += BIN_MICROS * 1000L;
    }

    /** Keeps the distance to the reference small, so that 32-bit timestamps may wrap for ever. */
    private void rebase(int timestamp) {
        int ahead = timestamp - referenceTimestamp;
        int minute = 60 * clockRate;
        if (ahead >= minute) {
            referenceTimestamp += minute;
            referenceNanos += REBASE_NANOS;
        }
    }
}
