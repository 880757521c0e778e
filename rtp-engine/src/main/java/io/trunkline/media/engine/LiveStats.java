package io.trunkline.media.engine;

import io.trunkline.media.LegStats;
import java.util.concurrent.atomic.AtomicLongArray;

/** A leg's figures as its loop last left them: written without garbage, read by any thread. */
final class LiveStats {
    private static final int FIGURES = 9;

    private final AtomicLongArray figures = new AtomicLongArray(FIGURES);

    LiveStats() {
        set(0, 0, 0, 0, 0, 0, 0, -1, -1);
    }

    void set(
            long packetsIn,
            long packetsOut,
            long packetsStray,
            long packetsLate,
            double lossIn,
            double lossOut,
            double jitterMs,
            double rttMs,
            double mos) {
        figures.lazySet(0, packetsIn);
        figures.lazySet(1, packetsOut);
        figures.lazySet(2, packetsStray);
        figures.lazySet(3, packetsLate);
        put(4, lossIn);
        put(5, lossOut);
        put(6, jitterMs);
        put(7, rttMs);
        put(8, mos);
    }

    private void put(int place, double figure) {
        figures.lazySet(place, Double.doubleToRawLongBits(figure));
    }

    private double figure(int place) {
        return Double.longBitsToDouble(figures.get(place));
    }

    long packetsIn() {
        return figures.get(0);
    }

    long packetsOut() {
        return figures.get(1);
    }

    long packetsStray() {
        return figures.get(2);
    }

    LegStats snapshot() {
        return new LegStats(
                packetsIn(),
                packetsOut(),
                packetsStray(),
                figures.get(3),
                figure(4),
                figure(5),
                figure(6),
                figure(7),
                figure(8));
    }
}
