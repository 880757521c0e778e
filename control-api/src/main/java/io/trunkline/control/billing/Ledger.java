package io.trunkline.control.billing;

import io.trunkline.control.call.CallSnapshot.Charge;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The append-only ledger. Rows are locked hold first, then balances in the order of account ids, so that nodes that
 * settle at once wait for each other and never in a circle.
 */
final class Ledger implements Books {
    private static final String EXTEND = """
            WITH hold AS (SELECT account_id, currency FROM call_holds WHERE call_id = $1 FOR UPDATE),
            paid AS (
                UPDATE balances b SET balance = b.balance - $2, spent_on = $3,
                    spent_day = spent_within('day', b.spent_day, b.spent_on, $3) + $2,
                    spent_month = spent_within('month', b.spent_month, b.spent_on, $3) + $2
                FROM hold h JOIN accounts a ON a.id = h.account_id
                WHERE b.account_id = h.account_id AND (NOT a.prepaid OR b.balance >= $2)
                RETURNING b.account_id, b.balance),
            grown AS (UPDATE call_holds SET held = held + $2 FROM paid WHERE call_id = $1),
            entry AS (
                INSERT INTO ledger (account_id, call_id, kind, amount, currency, at)
                SELECT h.account_id, $1, 'extend', -$2::numeric, h.currency, $4 FROM paid JOIN hold h USING (account_id))
            SELECT EXISTS (SELECT FROM paid) AS granted, coalesce(
                (SELECT balance FROM paid), (SELECT balance FROM balances WHERE account_id = $5)) AS balance""";
    private static final String CHECKPOINT = """
            UPDATE call_holds h SET talked_ms = t.talked_ms
            FROM unnest($1::text[], $2::bigint[]) AS t(call_id, talked_ms) WHERE h.call_id = t.call_id""";
    private static final String SETTLE = """
            WITH ended AS (SELECT * FROM unnest($1::text[], $2::numeric[]) AS t(call_id, cost)),
            gone AS (
                DELETE FROM call_holds h USING ended e WHERE h.call_id = e.call_id
                RETURNING h.call_id, h.account_id, h.currency, h.held, e.cost),
            entries AS (
                INSERT INTO ledger (account_id, call_id, kind, amount, currency, at)
                SELECT account_id, call_id, 'release', held, currency, $3::timestamptz FROM gone WHERE held <> 0
                UNION ALL
                SELECT account_id, call_id, 'charge', -cost, currency, $3::timestamptz FROM gone WHERE cost <> 0
                RETURNING account_id, amount),
            sums AS (SELECT account_id, sum(amount) AS total FROM entries GROUP BY account_id),
            locked AS MATERIALIZED (
                SELECT account_id FROM balances WHERE account_id IN (SELECT account_id FROM sums)
                ORDER BY account_id FOR UPDATE)
            UPDATE balances b SET balance = b.balance + s.total, spent_on = $4,
                spent_day = spent_within('day', b.spent_day, b.spent_on, $4) - s.total,
                spent_month = spent_within('month', b.spent_month, b.spent_on, $4) - s.total
            FROM sums s JOIN locked l USING (account_id) WHERE b.account_id = s.account_id""";
    private static final String CUT = """
            SELECT call_id, talked_ms, currency, per_minute, connection_fee, first_increment, next_increment,
                minimum_seconds
            FROM call_holds WHERE call_id = ANY($1) AND talked_ms IS NOT NULL""";

    private final Pool pool;
    private final Clock clock;

    Ledger(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public Future<List<Extended>> extend(List<Extension> calls) {
        return pool.withTransaction(transaction -> {
            List<Future<Extended>> answers = new ArrayList<>();
            Extended[] inOrder = new Extended[calls.size()];
            for (int index : byAccount(calls)) {
                int at = index;
                answers.add(extend(transaction, calls.get(index)).onSuccess(answer -> inOrder[at] = answer));
            }
            return Future.all(answers).map(_ -> List.of(inOrder));
        });
    }

    private static List<Integer> byAccount(List<Extension> calls) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            indexes.add(i);
        }
        indexes.sort((one, other) ->
                calls.get(one).accountId().compareTo(calls.get(other).accountId()));
        return indexes;
    }

    private Future<Extended> extend(SqlConnection transaction, Extension call) {
        Tuple values =
                Tuple.of(call.callId(), Numeric.create(call.amount().amount()), today(), now(), call.accountId());
        return transaction.preparedQuery(EXTEND).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            Money balance = Money.rounded(
                    row.get(Numeric.class, "balance").bigDecimalValue(),
                    call.amount().currency());
            return new Extended(row.getBoolean("granted"), balance);
        });
    }

    @Override
    public Future<Void> checkpoint(List<Checkpoint> calls) {
        String[] ids = calls.stream().map(Checkpoint::callId).toArray(String[]::new);
        Long[] talked = calls.stream().map(call -> call.talked().toMillis()).toArray(Long[]::new);
        return pool.preparedQuery(CHECKPOINT)
                .execute(Tuple.tuple().addArrayOfString(ids).addArrayOfLong(talked))
                .mapEmpty();
    }

    @Override
    public Future<Void> settle(List<Settlement> calls) {
        String[] ids = calls.stream().map(Settlement::callId).toArray(String[]::new);
        Numeric[] costs =
                calls.stream().map(call -> Numeric.create(call.cost().amount())).toArray(Numeric[]::new);
        return pool.preparedQuery(SETTLE)
                .execute(Tuple.of(ids, costs, now(), today()))
                .mapEmpty();
    }

    /** What calls owe that a crash cut, by their last checkpoint; those never answered are absent. */
    Future<Map<String, Charge>> cut(List<String> callIds) {
        return pool.preparedQuery(CUT)
                .execute(Tuple.tuple().addArrayOfString(callIds.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Charge> owed = new HashMap<>();
                    for (Row row : rows) {
                        owed.put(
                                row.getString("call_id"),
                                tariff(row).charge(Duration.ofMillis(row.getLong("talked_ms"))));
                    }
                    return owed;
                });
    }

    private static Tariff tariff(Row row) {
        return new Tariff(
                row.getString("currency"),
                row.get(Numeric.class, "per_minute").bigDecimalValue(),
                row.get(Numeric.class, "connection_fee").bigDecimalValue(),
                row.getInteger("first_increment"),
                row.getInteger("next_increment"),
                row.getInteger("minimum_seconds"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
