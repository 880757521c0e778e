package io.trunkline.control.billing;

import io.trunkline.control.Ids;
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
            with credited as (
                insert into balances as b (account_id, balance) select id, $2::numeric from accounts where id = $1
                on conflict (account_id) do update set balance = b.balance + excluded.balance returning account_id)
            insert into ledger (id, account_id, kind, amount, currency, note, created_at)
            select $6, account_id, 'credit', $2::numeric, $3, $4, $5 from credited
            returning *""";
    private static final String ENTRIES =
            "select * from ledger where account_id = $1 and ($2::text is null or id < $2) order by id desc limit $3";
    private static final String USAGE = """
            select (created_at at time zone 'UTC')::date as day, currency, count(*) as calls, -sum(amount) as spent
            from ledger where account_id = $1 and kind = 'settle' and created_at >= $2 and created_at < $3
            group by day, currency order by day, currency""";

    private final SqlClient sql;
    private final Clock clock;

    public AccountBooks(SqlClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @param callId empty for a credit alone */
    public record Entry(
            String id, Optional<String> callId, String kind, Money amount, Optional<String> note, Instant at) {}

    /** What a day's calls cost, those that ended on it by UTC; free ones leave no trace in the books. */
    public record Day(LocalDate day, long paidCalls, Money spent) {}

    /** Writes a credit, or a correction where it is negative; empty when there is no such account. */
    public Future<Optional<Entry>> credit(String accountId, Money amount, String note) {
        Tuple values = Tuple.of(
                accountId,
                Numeric.create(amount.amount()),
                amount.currency(),
                note,
                clock.instant().atOffset(ZoneOffset.UTC),
                Ids.next("led"));
        return sql.preparedQuery(CREDIT)
                .execute(values)
                .map(rows -> rows.stream().findFirst().map(AccountBooks::entry));
    }

    /** What is free to spend: money held for calls that are up is not in it. */
    public Future<Optional<BigDecimal>> balance(String accountId) {
        return sql.preparedQuery(
                        "select coalesce(b.balance, 0) as balance from accounts a left join balances b on b.account_id = a.id"
                                + " where a.id = $1")
                .execute(Tuple.of(accountId))
                .map(rows -> rows.stream().findFirst().map(row -> row.getBigDecimal("balance")));
    }

    /** The newest first, from before an entry on, or from the newest. */
    public Future<List<Entry>> entries(String accountId, Optional<String> beforeId, int limit) {
        return sql.preparedQuery(ENTRIES)
                .execute(Tuple.of(accountId, beforeId.orElse(null), limit))
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
                row.getString("id"),
                Optional.ofNullable(row.getString("call_id")),
                row.getString("kind"),
                new Money(row.getBigDecimal("amount"), row.getString("currency")),
                Optional.ofNullable(row.getString("note")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
