package io.trunkline.control.billing;

import io.trunkline.control.call.Limit;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An account with money, without limits, one change at a time. */
final class TermsBuilder {
    private String balance = "100";
    private Limit limit = Limit.NONE;
    private Optional<Money> dayLimit = Optional.empty();
    private boolean onlyOwn;
    private boolean ownsFrom;
    private Optional<String> accountFrom = Optional.of("+15550000003");
    private Optional<String> applicationFrom = Optional.empty();
    private Optional<Terms.Line> line = Optional.empty();
    private Destinations destinations = Destinations.DEFAULT;
    private Optional<QuietHours> quiet = Optional.empty();
    private List<Rate> rates = List.of(new Rate("", false, rate("0.60")));

    static Tariff rate(String perMinute) {
        return new Tariff("USD", new BigDecimal(perMinute), new BigDecimal("0.05"), 1, 1, 0);
    }

    Terms build() {
        Terms.Spending spending = new Terms.Spending(Money.zero("USD"), dayLimit, Money.zero("USD"), Optional.empty());
        Terms.Account account = new Terms.Account(
                "acct_1",
                "USD",
                true,
                Money.parse(balance, "USD"),
                limit,
                spending,
                onlyOwn,
                accountFrom,
                destinations,
                quiet);
        return new Terms(
                account, new Terms.Application("app_1", applicationFrom, Limit.NONE), line, ownsFrom, new Rates(rates));
    }

    TermsBuilder balance(String amount) {
        balance = amount;
        return this;
    }

    TermsBuilder concurrent(int calls) {
        limit = new Limit(OptionalInt.empty(), OptionalInt.of(calls));
        return this;
    }

    TermsBuilder spendDay(String amount) {
        dayLimit = Optional.of(Money.parse(amount, "USD"));
        return this;
    }

    TermsBuilder onlyOwnCallerIds(boolean owns) {
        onlyOwn = true;
        ownsFrom = owns;
        return this;
    }

    TermsBuilder from(Optional<String> ofAccount, Optional<String> ofApplication) {
        accountFrom = ofAccount;
        applicationFrom = ofApplication;
        return this;
    }

    TermsBuilder line(boolean exclusive) {
        line = Optional.of(
                new Terms.Line("line_1", Optional.of("+15550000001"), Optional.empty(), exclusive, Limit.NONE));
        return this;
    }

    TermsBuilder blocked(String prefix) {
        destinations = new Destinations(List.of(new Destinations.Rule(prefix, false)), false, false);
        return this;
    }

    TermsBuilder quietAllDay() {
        quiet = Optional.of(new QuietHours(LocalTime.MIN, LocalTime.MAX, ZoneOffset.UTC));
        return this;
    }

    TermsBuilder noRates() {
        rates = List.of();
        return this;
    }
}
