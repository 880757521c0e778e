package io.trunkline.control.call;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.regex.Pattern;

/** An exact amount of one currency; never finer than a millionth, never rounded but where a price is worked out. */
public record Money(BigDecimal amount, String currency) implements Comparable<Money> {
    /** Digits after the point that are kept: fractions of a cent matter at six-second increments. */
    public static final int SCALE = 6;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");

    public Money {
        amount = amount.setScale(SCALE, RoundingMode.UNNECESSARY);
    }

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** From the API's decimal string; no exponents, at most 12 digits before the point and 6 after. */
    public static Money parse(String text, String currency) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an amount: write it like 12.50, with at most 6 decimals");
        }
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("'" + currency + "' is not an ISO 4217 currency");
        }
        return new Money(new BigDecimal(text), currency);
    }

    /** A price just worked out, to the nearest millionth. */
    public static Money rounded(BigDecimal amount, String currency) {
        return new Money(amount.setScale(SCALE, RoundingMode.HALF_UP), currency);
    }

    public static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(code));
    }

    public Money plus(Money other) {
        return new Money(amount.add(same(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(same(other).amount), currency);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(same(other).amount);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " cannot be put together");
        }
        return other;
    }

    /** As the API writes it: {@code 12.50}, {@code 0.0133}. */
    public String text() {
        return text(amount);
    }

    /** At least two decimals, no more than it takes. */
    public static String text(BigDecimal amount) {
        BigDecimal bare = amount.stripTrailingZeros();
        return bare.setScale(Math.max(2, bare.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
