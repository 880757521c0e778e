package io.trunkline.control.billing;

import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.Tariff;
import java.time.Instant;
import java.util.Optional;

/**
 * What the account's terms say of a call before any limit is looked at, in the order of the API: the rate, then where,
 * when and as whom it may call, then what it may spend.
 */
record Policy(Tariff tariff, String from, Money hold) {
    static Policy check(NewCall plan, Terms terms, Instant now) {
        Terms.Account account = terms.account();
        String digits = Digits.ofNumber(plan.to());
        Tariff tariff = terms.rates()
                .find(digits, account.currency(), plan.maxPricePerMinute())
                .orElseThrow(() -> Refusals.noRate(plan.to()));
        account.destinations().objection(digits).ifPresent(why -> {
            throw Refusals.blocked(why);
        });
        account.quietHours().filter(hours -> hours.cover(now)).ifPresent(hours -> {
            throw Refusals.blocked("The account places no calls from " + hours.from() + " to " + hours.until() + " ("
                    + hours.zone() + ").");
        });
        String from = from(plan, terms);
        Money hold = tariff.cost(MeteredCall.STEP);
        if (!hold.isZero() && account.spending().forbids(hold)) {
            throw Refusals.spent();
        }
        return new Policy(tariff, from, hold);
    }

    /** A call in costs what a rate of that direction says of the number called; without one, nothing. */
    static Policy checkInbound(NewCall plan, Terms terms) {
        String currency = terms.account().currency();
        Tariff tariff = terms.rates()
                .find(Digits.ofNumber(plan.to()), currency, Optional.empty())
                .orElseGet(() -> Tariff.free(currency));
        Money hold = tariff.cost(MeteredCall.STEP);
        if (!hold.isZero() && terms.account().spending().forbids(hold)) {
            throw Refusals.spent();
        }
        return new Policy(tariff, plan.from().orElse(""), hold);
    }

    /** The call's, the line's, the application's, the account's; what is configured is the account's own. */
    private static String from(NewCall plan, Terms terms) {
        plan.from()
                .filter(_ -> terms.account().onlyOwnCallerIds() && !terms.ownsFrom())
                .ifPresent(from -> {
                    throw Refusals.callerId(from);
                });
        return plan.from()
                .or(() -> terms.line().flatMap(Terms.Line::number))
                .or(() -> terms.application().from())
                .or(() -> terms.account().from())
                .orElseThrow(() -> CallRefused.invalid(
                        "from", "Say which number calls: neither the line, the application nor the account has one."));
    }
}
