package io.trunkline.control.billing;

import io.trunkline.control.billing.Destinations.Rule;
import io.trunkline.control.call.Limit;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Terms as accounts, lines and rates are written down; whoever stored them has checked them. */
final class TermsJson {
    private TermsJson() {}

    /** {@code blocked_destinations}, {@code allowed_destinations}, {@code allow_premium}, {@code allow_satellite}. */
    static Destinations destinations(JsonObject account) {
        List<Rule> rules = new ArrayList<>();
        account.getJsonArray("blocked_destinations", new JsonArray())
                .forEach(prefix -> rules.add(new Rule(Digits.ofPrefix(prefix.toString()), false)));
        account.getJsonArray("allowed_destinations", new JsonArray())
                .forEach(prefix -> rules.add(new Rule(Digits.ofPrefix(prefix.toString()), true)));
        return new Destinations(
                List.copyOf(rules),
                account.getBoolean("allow_premium", false),
                account.getBoolean("allow_satellite", false));
    }

    /** {@code {from, until, zone}}. */
    static Optional<QuietHours> quietHours(JsonObject account) {
        return Optional.ofNullable(account.getJsonObject("quiet_hours"))
                .map(hours -> new QuietHours(
                        LocalTime.parse(hours.getString("from")),
                        LocalTime.parse(hours.getString("until")),
                        ZoneId.of(hours.getString("zone", "UTC"))));
    }

    static Limit limit(JsonObject limits) {
        return new Limit(number(limits, "cps"), number(limits, "concurrent"));
    }

    static Limit lineLimit(JsonObject line) {
        return new Limit(number(line, "cps"), number(line, "max_concurrent"));
    }

    static Optional<Money> money(JsonObject json, String field, String currency) {
        return Optional.ofNullable(json.getString(field)).map(amount -> Money.parse(amount, currency));
    }

    /** By the second unless it says otherwise. */
    static Rate rate(String digits, boolean own, JsonObject rate) {
        Tariff tariff = new Tariff(
                rate.getString("currency", "USD"),
                new BigDecimal(rate.getString("per_minute")),
                new BigDecimal(rate.getString("connection_fee", "0")),
                rate.getInteger("first_increment", 1),
                rate.getInteger("next_increment", 1),
                rate.getInteger("minimum_seconds", 0));
        return new Rate(digits, own, tariff);
    }

    private static OptionalInt number(JsonObject json, String field) {
        Integer number = json.getInteger(field);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
