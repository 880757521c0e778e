package io.trunkline.control.billing;

import static io.trunkline.control.billing.BooksFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.billing.Books.Settlement;
import io.trunkline.control.call.CallSnapshot.Charge;
import io.trunkline.control.call.Money;
import io.trunkline.control.store.DatabaseUrl;
import io.vertx.sqlclient.Row;
import java.io.BufferedReader;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of calls at once in a process that is killed, again and again: the books balance each time. */
@Tag("full")
class LedgerCrashTest {
    private static final int ACCOUNTS = 4;
    private static final int CALLS_AT_ONCE = 300;
    private static final BigDecimal CREDIT = new BigDecimal("1000");

    @TempDir
    Path folder;

    @Test
    void theSumOfEntriesIsTheBalanceThroughCrashes() throws Exception {
        try (BooksFixture db = new BooksFixture(folder)) {
            for (int i = 0; i < ACCOUNTS; i++) {
                db.account(CREDIT.toPlainString(), i % 2 == 0);
            }
            for (int crash = 0; crash < 5; crash++) {
                killAfter(db.url(), "run" + crash, 3 + 2 * crash);
                balances(db);
            }
            assertThat(db.number("SELECT count(*) FROM call_holds")).isPositive();
            recover(db);
            balances(db);
            for (int i = 1; i <= ACCOUNTS; i++) {
                String account = "acct_" + i;
                BigDecimal charged =
                        db.number("SELECT -sum(amount) FROM ledger WHERE kind = 'settle' AND account_id = $1", account);
                assertThat(charged).isPositive();
                assertThat(db.balance(account)).isEqualByComparingTo(CREDIT.subtract(charged));
            }
        }
    }

    /** Kills the program, for which nothing can prepare it, once it has said so many lines. */
    private static void killAfter(DatabaseUrl url, String run, int lines) throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                BusyBooks.class.getName(),
                run,
                String.valueOf(ACCOUNTS),
                String.valueOf(CALLS_AT_ONCE));
        program.environment().put("DATABASE_URL", text(url));
        Process child = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = child.inputReader()) {
            for (int i = 0; i < lines; i++) {
                assertThat(said.readLine()).as("calls settled").containsOnlyDigits();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String text(DatabaseUrl url) {
        return "postgresql://" + url.user() + ":"
                + URLEncoder.encode(url.password().orElseThrow().value(), StandardCharsets.UTF_8) + "@" + url.place()
                + "?sslmode=" + url.sslMode();
    }

    /** Each a single statement, so that it sees the books at one moment, whatever is still being rolled back. */
    private static void balances(BooksFixture db) throws Exception {
        assertThat(db.number("""
                        SELECT count(*) FROM balances b WHERE balance <>
                            (SELECT coalesce(sum(amount), 0) FROM ledger l WHERE l.account_id = b.account_id)"""))
                .as("accounts whose entries do not sum to the balance")
                .isZero();
        assertThat(db.number("""
                        SELECT count(*) FROM (
                            SELECT call_id, sum(amount) AS open FROM ledger
                            WHERE kind IN ('reserve', 'extend', 'release') GROUP BY call_id) entries
                        FULL JOIN call_holds h USING (call_id)
                        WHERE coalesce(open, 0) + coalesce(held, 0) <> 0"""))
                .as("calls whose entries differ from what is held for them")
                .isZero();
        assertThat(db.number("""
                        SELECT count(*) FROM (SELECT call_id FROM ledger WHERE kind = 'settle'
                            GROUP BY call_id HAVING count(*) > 1) twice""")).isZero();
        assertThat(db.number("SELECT count(*) FROM ledger WHERE kind <> 'credit' AND call_id IS NULL"))
                .isZero();
    }

    /** What the next start does: cut calls pay for their last checkpoint, unanswered ones for nothing. */
    private static void recover(BooksFixture db) throws Exception {
        while (db.number("SELECT count(*) FROM call_holds").signum() > 0) {
            List<String> calls = new ArrayList<>();
            List<String> accounts = new ArrayList<>();
            for (Row row : await(
                    db.pool.query("SELECT call_id, account_id FROM call_holds").execute())) {
                calls.add(row.getString(0));
                accounts.add(row.getString(1));
            }
            Map<String, Charge> owed = await(db.ledger.cut(calls));
            List<Settlement> ended = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                Charge charge = owed.get(calls.get(i));
                BigDecimal cost = charge == null ? BigDecimal.ZERO : charge.cost();
                ended.add(new Settlement(calls.get(i), accounts.get(i), new Money(cost, "USD")));
            }
            await(db.ledger.settle(ended));
        }
    }
}
