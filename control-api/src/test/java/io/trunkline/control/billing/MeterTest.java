package io.trunkline.control.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.Admission.Hold;
import io.trunkline.control.call.Admission.Payer;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A meter stepped second by second over books of paper; 0.60 a minute by the second. */
class MeterTest {
    private static final Tariff PRICE = new Tariff("USD", new BigDecimal("0.60"), new BigDecimal("0.05"), 1, 1, 0);
    private static final long SECOND = 1_000_000_000;

    private final PaperBooks books = new PaperBooks();
    private final Meter meter = new Meter(books, Runnable::run);
    private final List<String> told = new ArrayList<>();
    private long now = 77;

    @Test
    void moreIsHeldBeforeTheHeldMinuteRunsOutForAsLongAsTheCallLasts() {
        books.balance = usd("100");
        answered(PRICE);
        seconds(29);
        assertThat(books.extended).isEmpty();
        seconds(1);
        assertThat(books.extended).containsExactly(usd("0.60"));
        seconds(150);
        assertThat(books.extended).hasSize(3);
        assertThat(told).isEmpty();
    }

    @Test
    void aCallThatIsNotAnsweredYetHoldsNoMore() {
        books.balance = usd("100");
        meter.granted(hold(PRICE));
        seconds(200);
        assertThat(books.extended).isEmpty();
        assertThat(books.checkpoints).isEmpty();
    }

    @Test
    void aBalanceThatRunsOutIsWarnedOfOnceThirtySecondsAheadAndEndsTheCallWithinTheHeldTime() {
        books.balance = usd("0.75");
        answered(PRICE);
        seconds(90);
        assertThat(told).containsExactly("low 0.15 30");
        seconds(28);
        assertThat(told).hasSize(1);
        seconds(1);
        assertThat(told).containsExactly("low 0.15 30", "gone");
        seconds(60);
        assertThat(told).hasSize(2);
    }

    @Test
    void creditThatComesInTimeKeepsTheCallUp() {
        books.balance = usd("0");
        answered(PRICE);
        seconds(40);
        assertThat(told).containsExactly("low 0.00 30");
        books.balance = usd("0.60");
        seconds(40);
        assertThat(told).hasSize(1);
        seconds(39);
        assertThat(told).containsExactly("low 0.00 30", "low 0.00 30", "gone");
    }

    @Test
    void aDatabaseThatIsAwayEndsNoCallAndIsCaughtUpWith() {
        books.balance = usd("100");
        answered(PRICE);
        books.away = true;
        seconds(300);
        assertThat(told).isEmpty();
        books.away = false;
        seconds(10);
        assertThat(books.extended).hasSize(5);
    }

    @Test
    void longIncrementsAreHeldForAsWhatTheyCost() {
        books.balance = usd("100");
        answered(new Tariff("USD", new BigDecimal("0.60"), BigDecimal.ZERO, 180, 60, 0));
        seconds(149);
        assertThat(books.extended).as("three minutes are held from the start").isEmpty();
        seconds(2);
        assertThat(books.extended).containsExactly(usd("0.60"));
    }

    @Test
    void aFreeCallNeverAsks() {
        answered(Tariff.free("USD"));
        seconds(600);
        assertThat(books.extended).isEmpty();
        assertThat(told).isEmpty();
        assertThat(books.checkpoints).isNotEmpty();
    }

    @Test
    void aSpendLimitEndsARunningCallAsAnEmptyBalanceDoesAndSaysWhich() {
        books.affordable = true;
        answered(PRICE);
        seconds(70);
        assertThat(told).last().isEqualTo("limit");
        assertThat(told).doesNotContain("gone");
    }

    @Test
    void talkTimeIsWrittenDownEveryFiveSecondsUntilTheEnd() {
        books.balance = usd("100");
        answered(PRICE);
        seconds(22);
        assertThat(books.checkpoints).hasSizeBetween(4, 5);
        assertThat(books.checkpoints.getLast().talked()).isGreaterThan(Duration.ofSeconds(17));
        meter.over("call_1");
        int before = books.checkpoints.size();
        seconds(20);
        assertThat(books.checkpoints).hasSize(before);
    }

    private void answered(Tariff tariff) {
        meter.granted(hold(tariff));
        meter.answered("call_1", now, new Payer() {
            @Override
            public void balanceLow(Money balance, long secondsLeft) {
                told.add("low " + balance.text() + " " + secondsLeft);
            }

            @Override
            public void balanceGone() {
                told.add("gone");
            }

            @Override
            public void spendLimitReached() {
                told.add("limit");
            }
        });
    }

    private static Hold hold(Tariff tariff) {
        return new Hold("call_1", "acct_1", "node", tariff.cost(MeteredCall.STEP), tariff);
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            now += SECOND;
            meter.tick(now);
        }
    }

    private static Money usd(String amount) {
        return Money.parse(amount, "USD");
    }

    private static final class PaperBooks implements Books {
        private final List<Money> extended = new ArrayList<>();
        private final List<Checkpoint> checkpoints = new ArrayList<>();
        private Money balance = Money.zero("USD");
        private boolean affordable;
        private boolean away;

        @Override
        public Future<List<Extended>> extend(List<Extension> calls) {
            if (away) {
                return Future.failedFuture("away");
            }
            return Future.succeededFuture(
                    calls.stream().map(call -> extend(call.amount())).toList());
        }

        private Extended extend(Money amount) {
            boolean granted = balance.compareTo(amount) >= 0;
            if (granted) {
                balance = balance.minus(amount);
                extended.add(amount);
            }
            return new Extended(granted, balance, affordable);
        }

        @Override
        public Future<Void> checkpoint(List<Checkpoint> calls) {
            checkpoints.addAll(calls);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> settle(List<Settlement> calls) {
            return Future.succeededFuture();
        }
    }
}
