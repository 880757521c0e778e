package io.trunkline.control.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.Tariff;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {
    @ParameterizedTest(name = "{0} of an account in {1} costs {2}")
    @CsvSource({
        "+15550100001, USD, 0.01", // the catch-all
        "+442079460000, USD, 0.02",
        "+447700900000, USD, 0.09", // longer prefix
        "+442079460000, EUR, 0.03", // its own currency
        "+4930123456, USD, 0.50", // own before common, though the common prefix is longer
        "sip:alice@example.com, USD, 0.01"
    })
    void theLongestPrefixDecides(String to, String currency, BigDecimal perMinute) {
        Rates rates = rates(
                "common '' USD 0.01",
                "common 44 USD 0.02",
                "common 447 USD 0.09",
                "common 4420 EUR 0.03",
                "common 4930 USD 0.04",
                "own 49 USD 0.50");
        assertThat(rates.find(Digits.ofNumber(to), currency, Optional.empty()))
                .map(Tariff::perMinute)
                .contains(perMinute);
    }

    @Test
    void aNumberWithoutARateHasNone() {
        assertThat(find(rates("common 44 USD 0.02"), "+15550100001", "USD")).isEmpty();
        assertThat(find(rates(), "+15550100001", "USD")).isEmpty();
    }

    @Test
    void aFreeCatchAllServesEveryCurrencyButNeverUndercutsAPriceInAnother() {
        Rates rates = rates("common '' USD 0", "common 44 USD 0.02");
        assertThat(find(rates, "+15550100001", "EUR")).contains(Tariff.free("EUR"));
        assertThat(find(rates, "+442079460000", "EUR")).isEmpty();
    }

    @Test
    void aRateDearerThanTheCallAllowsIsAsGoodAsNone() {
        Rates rates = rates("common 44 USD 0.02");
        assertThat(rates.find("4420", "USD", Optional.of(new BigDecimal("0.02"))))
                .isPresent();
        assertThat(rates.find("4420", "USD", Optional.of(new BigDecimal("0.019"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"+44, 44", "0044, 44", "+44 (20), 4420", "'', ''", "44, 44"})
    void prefixesAreComparedByTheirDigits(String written, String digits) {
        assertThat(Digits.ofPrefix(written)).isEqualTo(digits);
    }

    private static Optional<Tariff> find(Rates rates, String to, String currency) {
        return rates.find(Digits.ofNumber(to), currency, Optional.empty());
    }

    /** Each written as {@code common|own prefix currency per-minute}. */
    private static Rates rates(String... lines) {
        List<Rate> all = new ArrayList<>();
        for (String line : lines) {
            String[] word = line.split(" ", -1);
            Tariff tariff = new Tariff(word[2], new BigDecimal(word[3]), BigDecimal.ZERO, 1, 1, 0);
            all.add(new Rate(Digits.ofPrefix(word[1]), word[0].equals("own"), tariff));
        }
        return new Rates(all);
    }
}
