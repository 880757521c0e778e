package io.trunkline.control.bench;

import java.time.Instant;

/** The wall clock in microseconds, which other processes of the machine share. */
final class Micros {
    private Micros() {}

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
