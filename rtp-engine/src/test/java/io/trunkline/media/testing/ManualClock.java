package io.trunkline.media.testing;

import java.util.function.LongSupplier;

/** A clock that stands until it is moved. */
public final class ManualClock implements LongSupplier {
    private long nanos = 1_000_000_000_000L;

    @Override
    public long getAsLong() {
        return nanos;
    }

    public void advanceMillis(long millis) {
        nanos += millis * 1_000_000;
    }

    public void advanceMicros(long micros) {
        nanos += micros * 1_000;
    }
}
