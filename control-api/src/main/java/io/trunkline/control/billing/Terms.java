package io.trunkline.control.billing;

import io.trunkline.control.call.Limit;
import io.trunkline.control.call.Money;
import java.util.Optional;

/**
 * All that is known, at the moment a call is asked for, of those who ask.
 *
 * @param ownsFrom the caller id asked for is a number or line of the account
 * @param rates those whose prefix matches
 */
record Terms(Account account, Application application, Optional<Line> line, boolean ownsFrom, Rates rates) {

    /** @param onlyOwnCallerIds calls may show no number but the account's own */
    record Account(
            String id,
            String currency,
            boolean prepaid,
            Money balance,
            Limit limit,
            Spending spending,
            boolean onlyOwnCallerIds,
            Optional<String> from,
            Destinations destinations,
            Optional<QuietHours> quietHours) {}

    record Application(String id, Optional<String> from, Limit limit) {}

    /** @param trunk by id or name, the only one it calls through */
    record Line(String id, Optional<String> number, Optional<String> trunk, boolean exclusive, Limit limit) {}

    /** What was spent and may be; an absent limit is none. */
    record Spending(Money day, Optional<Money> dayLimit, Money month, Optional<Money> monthLimit) {
        boolean forbids(Money more) {
            return dayLimit.filter(limit -> day.plus(more).compareTo(limit) > 0).isPresent()
                    || monthLimit
                            .filter(limit -> month.plus(more).compareTo(limit) > 0)
                            .isPresent();
        }
    }

    /** The balance at this moment; the creation of the call asks again, and then takes. */
    boolean isTooPoorFor(Money amount) {
        return account.prepaid() && !amount.isZero() && account.balance().compareTo(amount) < 0;
    }
}
