package io.trunkline.control.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TariffTest {
    @ParameterizedTest(name = "{0} ms at {1}/{2} with a minimum of {3} s bills {4} s and costs {5}")
    @CsvSource({
        "0,      60, 60, 0,  60,  0.11",
        "1,      1,  1,  0,  1,   0.051",
        "1000,   1,  1,  0,  1,   0.051",
        "1001,   1,  1,  0,  2,   0.052",
        "59999,  60, 60, 0,  60,  0.11",
        "60000,  60, 60, 0,  60,  0.11",
        "60001,  60, 60, 0,  120, 0.17",
        "30000,  30, 6,  0,  30,  0.08",
        "30001,  30, 6,  0,  36,  0.086",
        "36001,  30, 6,  0,  42,  0.092",
        "5000,   1,  1,  20, 20,  0.07",
        "21000,  1,  1,  20, 21,  0.071"
    })
    void talkTimeIsBilledByItsIncrements(
            long millis, int first, int next, int minimum, long billed, BigDecimal costWithFee) {
        Tariff tariff = new Tariff("USD", new BigDecimal("0.06"), new BigDecimal("0.05"), first, next, minimum);
        assertThat(tariff.billedSeconds(Duration.ofMillis(millis))).isEqualTo(billed);
        assertThat(tariff.cost(Duration.ofMillis(millis)).amount()).isEqualByComparingTo(costWithFee);
    }

    @Test
    void aPriceThatDoesNotDivideIsRoundedOnceToTheMillionth() {
        Tariff tariff = new Tariff("EUR", new BigDecimal("0.01"), BigDecimal.ZERO, 1, 1, 0);
        assertThat(tariff.cost(Duration.ofSeconds(1)).text()).isEqualTo("0.000167");
        assertThat(tariff.cost(Duration.ofSeconds(7)).text()).isEqualTo("0.001167");
        assertThat(tariff.cost(Duration.ofHours(4)).text()).isEqualTo("2.40");
    }

    @Test
    void pricesAreNeverNegativeNorIncrementsZero() {
        assertThatThrownBy(() -> new Tariff("USD", new BigDecimal("-0.01"), BigDecimal.ZERO, 1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tariff("USD", BigDecimal.ZERO, BigDecimal.ZERO, 0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "", "1.", ".5", "1,5", "0.0000001", "1234567890123", "NaN", "+1", " 1"})
    void anAmountThatIsNotPlainIsRefused(String text) {
        assertThatThrownBy(() -> Money.parse(text, "USD")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amountsAreExactAndKeepToTheirCurrency() {
        Money tenth = Money.parse("0.1", "USD");
        assertThat(tenth.plus(tenth).plus(tenth)).isEqualTo(Money.parse("0.30", "USD"));
        assertThat(Money.parse("-12", "USD").text()).isEqualTo("-12.00");
        assertThat(Money.parse("100", "USD").text()).isEqualTo("100.00");
        assertThatThrownBy(() -> tenth.plus(Money.zero("EUR"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.parse("1", "XYZ")).isInstanceOf(IllegalArgumentException.class);
    }
}
