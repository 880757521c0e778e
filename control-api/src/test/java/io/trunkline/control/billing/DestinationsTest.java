package io.trunkline.control.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.billing.Destinations.Rule;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+881612345678",
                "+870773123456",
                "+8835100012345",
                "+19005551234",
                "+449098790000",
                "+4990012345678",
                "+979123456789"
            })
    void satelliteAndPremiumRangesAreOff(String number) {
        assertThat(objects(Destinations.DEFAULT, number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+15550100001",
                "+442079460000",
                "+447700900000",
                "+4930123456",
                "+33123456789",
                "+35315310000",
                "+61412345678",
                "+85290123456",
                "+390612345678",
                "+6491234567"
            })
    void ordinaryNumbersAreOpen(String number) {
        assertThat(Destinations.DEFAULT.objection(Digits.ofNumber(number))).isEmpty();
    }

    @Test
    void anAccountMayOpenThem() {
        assertThat(objects(new Destinations(List.of(), true, false), "+449098790000"))
                .isFalse();
        assertThat(objects(new Destinations(List.of(), true, false), "+881612345678"))
                .isTrue();
        assertThat(objects(new Destinations(List.of(), false, true), "+881612345678"))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: blocked {1}")
    @CsvSource({
        "+442079460000, true",
        "+447700900000, false", // a longer rule opens what a shorter one blocks
        "+447700900999, true", // and a longer one still blocks again
        "+449098790000, true", // opening +44 does not open its premium range
        "+4990012345678, false", // opening a range by its own prefix does
        "+15550100001, false"
    })
    void theLongestRuleDecides(String number, boolean blocked) {
        Destinations rules = new Destinations(
                List.of(
                        new Rule("44", false),
                        new Rule("447", true),
                        new Rule("447700900999", false),
                        new Rule("49900", true)),
                false,
                false);
        assertThat(objects(rules, number)).isEqualTo(blocked);
    }

    @Test
    void aRuleForEveryPrefixBlocksAllButWhatIsOpened() {
        Destinations rules = new Destinations(List.of(new Rule("", false), new Rule("1", true)), false, false);
        assertThat(objects(rules, "+442079460000")).isTrue();
        assertThat(objects(rules, "+15550100001")).isFalse();
    }

    @ParameterizedTest(name = "{0}: quiet {1}")
    @CsvSource({
        "2026-01-15T20:59:59Z, false",
        "2026-01-15T21:00:00Z, true",
        "2026-01-16T03:00:00Z, true",
        "2026-01-16T08:00:00Z, false",
        "2026-07-15T20:30:00Z, true", // summer time: 21:30 there
        "2026-07-16T07:30:00Z, false"
    })
    void quietHoursReachOverMidnightOnTheAccountsClock(Instant moment, boolean quiet) {
        QuietHours nights = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0), ZoneId.of("Europe/London"));
        assertThat(nights.cover(moment)).isEqualTo(quiet);
    }

    @Test
    void quietHoursWithinADayEndWithIt() {
        QuietHours lunch = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0), ZoneId.of("UTC"));
        assertThat(lunch.cover(Instant.parse("2026-01-15T13:00:00Z"))).isTrue();
        assertThat(lunch.cover(Instant.parse("2026-01-15T14:00:00Z"))).isFalse();
        assertThat(lunch.cover(Instant.parse("2026-01-15T03:00:00Z"))).isFalse();
    }

    private static boolean objects(Destinations rules, String number) {
        return rules.objection(Digits.ofNumber(number)).isPresent();
    }
}
