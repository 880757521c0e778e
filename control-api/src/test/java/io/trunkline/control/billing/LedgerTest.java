package io.trunkline.control.billing;

import static io.trunkline.control.billing.BooksFixture.PRICE;
import static io.trunkline.control.billing.BooksFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.billing.Books.Checkpoint;
import io.trunkline.control.billing.Books.Extended;
import io.trunkline.control.billing.Books.Extension;
import io.trunkline.control.billing.Books.Settlement;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books on a real PostgreSQL, at 0.60 a minute by the second and 0.05 for the connection. */
class LedgerTest {
    @TempDir
    static Path folder;

    private static BooksFixture db;

    @BeforeAll
    static void start() {
        db = new BooksFixture(folder);
    }

    @AfterAll
    static void stop() {
        db.close();
    }

    @Test
    void aCallIsHeldForExtendedReleasedAndCharged() throws Exception {
        String account = db.account("10", true);
        await(db.hold("call_life", account));
        assertThat(db.balance(account)).isEqualByComparingTo("9.35");
        assertThat(await(db.ledger.extend(List.of(extension("call_life", account, "0.60")))))
                .containsExactly(new Extended(true, usd("8.75"), true));
        await(settle("call_life", account, "0.77"));
        assertThat(db.balance(account)).isEqualByComparingTo("9.23");
        assertThat(await(db.books.entries(account, Optional.empty(), 10)))
                .extracting(entry -> entry.kind() + " " + entry.amount().text())
                .containsExactlyInAnyOrder(
                        "settle -0.77", "release 1.25", "extend -0.60", "reserve -0.65", "credit 10.00");
        assertThat(db.sumOfEntries(account)).isEqualByComparingTo(db.balance(account));
    }

    @Test
    void aCallThatFailedGivesAllBack() throws Exception {
        String account = db.account("1", true);
        await(db.hold("call_failed", account));
        await(settle("call_failed", account, "0"));
        assertThat(db.balance(account)).isEqualByComparingTo("1");
    }

    @Test
    void settlingTwiceChargesOnce() throws Exception {
        String account = db.account("1", true);
        await(db.hold("call_twice", account));
        await(Future.all(settle("call_twice", account, "0.10"), settle("call_twice", account, "0.10")));
        await(settle("call_twice", account, "0.10"));
        assertThat(db.balance(account)).isEqualByComparingTo("0.90");
    }

    @Test
    void aBalanceThatDoesNotCoverTheFirstMinuteRefusesTheCallAndLeavesNoTrace() throws Exception {
        String account = db.account("0.64", true);
        assertThat(refusal(db.hold("call_poor", account)).code()).isEqualTo("insufficient_balance");
        assertThat(refusal(db.hold("call_poor", account)).status()).isEqualTo(402);
        assertThat(db.number("SELECT count(*) FROM call_holds WHERE call_id = 'call_poor'"))
                .isZero();
        assertThat(db.balance(account)).isEqualByComparingTo("0.64");
    }

    @Test
    void anAccountThatPaysLaterMayGoBelowZero() throws Exception {
        String account = db.account("0", false);
        await(db.hold("call_later", account));
        assertThat(await(db.ledger.extend(List.of(extension("call_later", account, "0.60"))))
                        .getFirst()
                        .granted())
                .isTrue();
        await(settle("call_later", account, "1.20"));
        assertThat(db.balance(account)).isEqualByComparingTo("-1.20");
    }

    @Test
    void anExtensionThatWouldPassASpendLimitIsRefusedAlthoughTheBalanceHasIt() throws Exception {
        String account = db.account("10", true, "1.00", null);
        await(db.hold("call_limited", account));
        assertThat(await(db.ledger.extend(List.of(extension("call_limited", account, "0.60"))))
                        .getFirst())
                .satisfies(answer -> {
                    assertThat(answer.granted()).isFalse();
                    assertThat(answer.affordable()).isTrue();
                });
    }

    @Test
    void anExtensionThatTheBalanceDoesNotCoverIsRefusedWithWhatIsLeft() throws Exception {
        String account = db.account("1", true);
        await(db.hold("call_short", account));
        assertThat(await(db.ledger.extend(List.of(extension("call_short", account, "0.60")))))
                .containsExactly(new Extended(false, usd("0.35"), false));
        assertThat(db.balance(account)).isEqualByComparingTo("0.35");
    }

    @Test
    void anEndedCallIsExtendedNoMore() throws Exception {
        String account = db.account("10", true);
        await(db.hold("call_gone", account));
        await(settle("call_gone", account, "0.05"));
        assertThat(await(db.ledger.extend(List.of(extension("call_gone", account, "0.60"))))
                        .getFirst()
                        .granted())
                .isFalse();
        assertThat(db.balance(account)).isEqualByComparingTo("9.95");
    }

    @Test
    void answersComeInTheOrderOfTheCalls() throws Exception {
        String rich = db.account("10", true);
        String poor = db.account("0.70", true);
        await(db.hold("call_rich", rich));
        await(db.hold("call_poorer", poor));
        assertThat(await(db.ledger.extend(
                        List.of(extension("call_poorer", poor, "0.60"), extension("call_rich", rich, "0.60")))))
                .extracting(Extended::granted)
                .containsExactly(false, true);
    }

    @Test
    void aFreeCallWritesNoEntryAndNeedsNoBalance() throws Exception {
        String account = db.account("0", true);
        await(db.hold("call_free", account, Tariff.free("USD")));
        await(settle("call_free", account, "0"));
        assertThat(await(db.books.entries(account, Optional.empty(), 10))).isEmpty();
    }

    @Test
    void manyCallsAtOnceSpendNothingTwice() throws Exception {
        String account = db.account("65", true);
        List<Future<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            calls.add(db.hold("call_crowd_" + i, account));
        }
        await(Future.join(calls).otherwiseEmpty());
        assertThat(calls.stream().filter(Future::succeeded)).hasSize(100);
        assertThat(db.balance(account)).isZero();
        assertThat(db.sumOfEntries(account)).isZero();
    }

    @Test
    void aDaysLimitHoldsAgainstManyCallsAtOnceAndEndsWithTheDay() throws Exception {
        String account = db.account("0", false, "1.30", null);
        List<Future<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(db.hold("call_day_" + i, account));
        }
        await(Future.join(calls).otherwiseEmpty());
        assertThat(calls.stream().filter(Future::succeeded)).hasSize(2);
        assertThat(refusal(db.hold("call_day_x", account)).code()).isEqualTo("spend_limit_reached");
        Instant noon = db.clock.now;
        db.clock.now = noon.plus(Duration.ofDays(1));
        await(db.hold("call_day_next", account));
        db.clock.now = noon;
    }

    @Test
    void aMonthsLimitOutlastsTheDayAndCountsWhatWasUsedOnly() throws Exception {
        String account = db.account("0", false, null, "1.00");
        Instant noon = db.clock.now;
        await(db.hold("call_month_1", account));
        await(settle("call_month_1", account, "0.30"));
        db.clock.now = noon.plus(Duration.ofDays(1));
        await(db.hold("call_month_2", account));
        assertThat(refusal(db.hold("call_month_3", account)).code()).isEqualTo("spend_limit_reached");
        db.clock.now = noon.plus(Duration.ofDays(30));
        await(db.hold("call_month_4", account));
        db.clock.now = noon;
    }

    @Test
    void usageIsSummedByTheDayACallEnded() throws Exception {
        String account = db.account("10", true);
        Instant noon = db.clock.now;
        for (int i = 0; i < 3; i++) {
            await(db.hold("call_usage_" + i, account));
            await(settle("call_usage_" + i, account, "0.10"));
        }
        await(db.hold("call_usage_night", account));
        db.clock.now = noon.plus(Duration.ofDays(1));
        await(settle("call_usage_night", account, "0.25"));
        db.clock.now = noon;
        assertThat(await(db.books.usage(account, LocalDate.of(2026, 3, 14), LocalDate.of(2026, 3, 15))))
                .containsExactly(
                        new AccountBooks.Day(LocalDate.of(2026, 3, 14), 3, usd("0.30")),
                        new AccountBooks.Day(LocalDate.of(2026, 3, 15), 1, usd("0.25")));
    }

    @Test
    void aCallCutByACrashOwesItsLastCheckpoint() throws Exception {
        String account = db.account("10", true);
        await(db.hold("call_cut", account));
        await(db.hold("call_ringing", account));
        await(db.ledger.checkpoint(List.of(new Checkpoint("call_cut", Duration.ofMillis(34_200)))));
        assertThat(await(db.ledger.cut(List.of("call_cut", "call_ringing", "call_unknown"))))
                .containsOnlyKeys("call_cut")
                .hasEntrySatisfying("call_cut", charge -> {
                    assertThat(charge.billedSeconds()).isEqualTo(35);
                    assertThat(charge.cost())
                            .isEqualByComparingTo(
                                    PRICE.cost(Duration.ofSeconds(35)).amount());
                });
    }

    @Test
    void theLedgerTakesNoChange() throws Exception {
        db.account("1", true);
        assertThatThrownBy(() ->
                        await(db.pool.query("UPDATE ledger SET amount = 100").execute()))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> await(db.pool.query("DELETE FROM ledger").execute()))
                .hasMessageContaining("append-only");
    }

    private static CallRefused refusal(Future<Void> call) {
        try {
            await(call);
        } catch (ExecutionException failed) {
            return (CallRefused) failed.getCause();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
        throw new AssertionError("it was not refused");
    }

    private static Future<Void> settle(String call, String account, String cost) {
        return db.ledger.settle(List.of(new Settlement(call, account, usd(cost))));
    }

    private static Extension extension(String call, String account, String amount) {
        return new Extension(call, account, usd(amount));
    }

    private static Money usd(String amount) {
        return Money.parse(amount, "USD");
    }
}
