package io.trunkline.control.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a webhook that was not taken is tried again; after a day it is a dead letter. */
final class RetryTable {
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30));
    private static final Duration THEN = Duration.ofHours(1);
    private static final Duration GIVE_UP = Duration.ofHours(24);

    private RetryTable() {}

    /** The wait after the given number of failures before this one; empty: give up. */
    static Optional<Duration> waitAfter(int failuresBefore, Instant firstTried, Instant now) {
        Duration wait = failuresBefore < WAITS.size() ? WAITS.get(failuresBefore) : THEN;
        return now.plus(wait).isAfter(firstTried.plus(GIVE_UP)) ? Optional.empty() : Optional.of(wait);
    }
}
