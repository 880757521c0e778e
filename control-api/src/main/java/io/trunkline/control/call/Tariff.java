package io.trunkline.control.call;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/**
 * What a call's talk time costs.
 *
 * @param perMinute in {@code currency}, like {@code connectionFee}, which an answer costs
 * @param firstIncrement seconds billed at least, as soon as it is answered
 * @param nextIncrement seconds that the time after those is rounded up to
 * @param minimumSeconds billed at least, whatever the increments
 */
public record Tariff(
        String currency,
        BigDecimal perMinute,
        BigDecimal connectionFee,
        int firstIncrement,
        int nextIncrement,
        int minimumSeconds) {

    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

    public Tariff {
        if (perMinute.signum() < 0 || connectionFee.signum() < 0) {
            throw new IllegalArgumentException("a price is not negative");
        }
        if (firstIncrement < 1 || nextIncrement < 1 || minimumSeconds < 0) {
            throw new IllegalArgumentException("increments are whole seconds, at least 1");
        }
    }

    public static Tariff free(String currency) {
        return new Tariff(currency, BigDecimal.ZERO, BigDecimal.ZERO, 1, 1, 0);
    }

    public boolean isFree() {
        return perMinute.signum() == 0 && connectionFee.signum() == 0;
    }

    /** Of an answered call: seconds begun count whole, however short the call was. */
    public long billedSeconds(Duration talked) {
        long seconds = Math.max(0, talked.plusNanos(999_999_999).toSeconds());
        long beyond = Math.max(0, seconds - firstIncrement);
        long stepped = firstIncrement + Math.ceilDiv(beyond, nextIncrement) * nextIncrement;
        return Math.max(stepped, minimumSeconds);
    }

    /** The price of an answered call that lasted so long. */
    public Money cost(Duration talked) {
        BigDecimal seconds = BigDecimal.valueOf(billedSeconds(talked));
        BigDecimal time = perMinute.multiply(seconds).divide(MINUTE, MathContext.DECIMAL128);
        return Money.rounded(connectionFee.add(time), currency);
    }

    public CallSnapshot.Charge charge(Duration talked) {
        return new CallSnapshot.Charge(billedSeconds(talked), cost(talked).amount(), currency);
    }

    /** A call that nobody answered costs nothing. */
    public CallSnapshot.Charge nothing() {
        return new CallSnapshot.Charge(0, BigDecimal.ZERO, currency);
    }
}
