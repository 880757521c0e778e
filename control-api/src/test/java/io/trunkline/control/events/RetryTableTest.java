package io.trunkline.control.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryTableTest {
    private static final Instant FIRST = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void waitsLongerAndLongerThenHourlyAndGivesUpAfterADay() {
        List<Long> seconds = new ArrayList<>();
        Instant now = FIRST;
        Optional<Duration> wait = RetryTable.waitAfter(0, FIRST, now);
        while (wait.isPresent()) {
            seconds.add(wait.get().toSeconds());
            now = now.plus(wait.get());
            wait = RetryTable.waitAfter(seconds.size(), FIRST, now);
        }
        assertThat(seconds.subList(0, 9)).containsExactly(1L, 2L, 5L, 10L, 30L, 60L, 300L, 900L, 1800L);
        assertThat(seconds.subList(9, seconds.size())).hasSize(23).containsOnly(3600L);
        assertThat(now).isBetween(FIRST.plus(Duration.ofHours(23)), FIRST.plus(Duration.ofHours(24)));
    }

    @Test
    void whatIsTriedLateIsNotTriedPastTheDay() {
        Instant almost = FIRST.plus(Duration.ofHours(24)).minusMillis(1500);
        assertThat(RetryTable.waitAfter(0, FIRST, almost)).contains(Duration.ofSeconds(1));
        assertThat(RetryTable.waitAfter(1, FIRST, almost)).isEmpty();
    }
}
