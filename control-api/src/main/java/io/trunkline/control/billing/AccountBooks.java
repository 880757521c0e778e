package io.trunkline.control.billing;

import io.trunkline.control.call.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account's money as the API shows it, and the credit that comes in. Any thread. */
public final class AccountBooks {
    private static final String CREDIT = """
            WITH credited AS (
                INSERT INTO balances AS b (account_id, balance) SELECT id, $2::numeric FROM accounts WHERE id = $1
                ON CONFLICT (account_id) DO UPDATE SET balance = b.balance + excluded.balance RETURNING account_id)
            INSERT INTO ledger (account_id, kind, amount, currency, note, at)
            SELECT account_id, 'credit', $2::numeric, $3, $4, $5 FROM credited
            RETURNING *""";
    private static final String ENTRIES =
            "SELECT * FROM ledger WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    private static final String USAGE = """
            SELECT (at AT TIME ZONE 'UTC')::date AS day, currency, count(*) AS calls, -sum(amount) AS spent
            FROM ledger WHERE account_id = $1 AND kind = 'charge' AND at >= $2 AND at < $3
            GROUP BY day, currency ORDER BY day, currency""";

    private final SqlClient sql;
    private final Clock clock;

    public AccountBooks(SqlClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @param callId empty for a credit alone */
    public record Entry(long id, Optional<String> callId, String kind, Money amount, String note, Instant at) {}

    /** What a day's calls cost, those that ended on it by UTC; free ones leave no trace in the books. */
    public record Day(LocalDate day, long paidCalls, Money spent) {}

    /** Writes a credit, or a correction where it is negative; empty when there is no such account. */
    public Future<Optional<Entry>> credit(String accountId, Money amount, String note) {
        Tuple values = Tuple.of(
                accountId,
                Numeric.create(amount.amount()),
                amount.currency(),
                note,
                clock.instant().atOffset(ZoneOffset.UTC));
        return sql.preparedQuery(CREDIT)
                .execute(values)
                .map(rows -> rows.stream().findFirst().map(AccountBooks::entry));
    }

    /** What is free to spend: money held for calls that are up is not in it. */
    public Future<Optional<BigDecimal>> balance(String accountId) {
        return sql.preparedQuery(
                        "SELECT coalesce(b.balance, 0) AS balance FROM accounts a LEFT JOIN balances b ON b.account_id = a.id"
                                + " WHERE a.id = $1")
                .execute(Tuple.of(accountId))
                .map(rows -> rows.stream().findFirst().map(row -> row.getBigDecimal("balance")));
    }

    /** The newest first, from before an entry on; {@link Long#MAX_VALUE} starts at the end. */
    public Future<List<Entry>> entries(String accountId, long beforeId, int limit) {
        return sql.preparedQuery(ENTRIES)
                .execute(Tuple.of(accountId, beforeId, limit))
                .map(rows -> rows.stream().map(AccountBooks::entry).toList());
    }

    /** Days with charges, from {@code first} to {@code last} and both of them. */
    public Future<List<Day>> usage(String accountId, LocalDate first, LocalDate last) {
        OffsetDateTime from = first.atStartOfDay().atOffset(ZoneOffset.UTC);
        OffsetDateTime until = last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        return sql.preparedQuery(USAGE)
                .execute(Tuple.of(accountId, from, until))
                .map(rows -> {
                    List<Day> days = new ArrayList<>();
                    for (Row row : rows) {
                        Money spent = new Money(row.getBigDecimal("spent"), row.getString("currency"));
                        days.add(new Day(row.getLocalDate("day"), row.getLong("calls"), spent));
                    }
                    return days;
                });
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getLong("id"),
                Optional.ofNullable(row.getString("call_id")),
                row.getString("kind"),
                new Money(row.getBigDecimal("amount"), row.getString("currency")),
                row.getString("note"),
                row.getOffsetDateTime("at").toInstant());
    }
}
