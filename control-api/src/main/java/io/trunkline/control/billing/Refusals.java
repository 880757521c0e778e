package io.trunkline.control.billing;

import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Money;
import java.time.Duration;
import java.util.Optional;

/** Why a call is not placed, in the API's codes. */
final class Refusals {
    private Refusals() {}

    static CallRefused poor(Money needed) {
        return CallRefused.of(
                402,
                "insufficient_balance",
                "The connection fee and the first minute cost " + needed.text() + " " + needed.currency()
                        + ", which the balance does not cover: add credit.");
    }

    static CallRefused spent() {
        return CallRefused.of(
                403, "spend_limit_reached", "The account's spend limit of the day or month would be passed.");
    }

    static CallRefused noRate(String to) {
        return CallRefused.of(
                400,
                "rate_not_found",
                "No rate in the account's currency matches " + to + " within max_price_per_minute: add one.");
    }

    static CallRefused blocked(String why) {
        return CallRefused.of(403, "destination_blocked", why);
    }

    static CallRefused callerId(String from) {
        return CallRefused.of(
                403, "caller_id_not_allowed", "The account may only call from its own numbers; " + from + " is not.");
    }

    static CallRefused takenElsewhere() {
        return new CallRefused(
                429,
                "concurrent_call_limit_reached",
                "Calls on the other nodes take every channel. Try again later.",
                Optional.empty(),
                Optional.of(Duration.ofSeconds(5)));
    }
}
