package io.trunkline.control.billing;

import io.trunkline.control.call.Tariff;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Picks the rate of a number: the account's own before the common ones, then the longest prefix. */
record Rates(List<Rate> all) {
    /**
     * A rate in another currency serves only where it asks for nothing, and only where no dearer one of a longer prefix
     * is passed over: a free catch-all must not make calls free that are priced in a currency the account has not.
     */
    Optional<Tariff> find(String digits, String currency, Optional<BigDecimal> maxPerMinute) {
        return longest(digits, currency, true)
                .or(() -> longest(digits, currency, false))
                .filter(tariff -> maxPerMinute
                        .map(max -> tariff.perMinute().compareTo(max) <= 0)
                        .orElse(true));
    }

    private Optional<Tariff> longest(String digits, String currency, boolean own) {
        List<Tariff> matching = all.stream()
                .filter(rate -> rate.own() == own && digits.startsWith(rate.prefix()))
                .sorted(Comparator.comparingInt((Rate rate) -> rate.prefix().length())
                        .reversed())
                .map(Rate::tariff)
                .toList();
        boolean foreignPrice = false;
        for (Tariff tariff : matching) {
            if (tariff.currency().equals(currency)) {
                return Optional.of(tariff);
            }
            if (tariff.isFree() && !foreignPrice) {
                return Optional.of(Tariff.free(currency));
            }
            foreignPrice |= !tariff.isFree();
        }
        return Optional.empty();
    }
}
