package io.trunkline.control.billing;

import io.trunkline.control.Ids;
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
import java.util.stream.Stream;

/**
 * The append-only ledger. Rows are locked hold first, then balances in the order of account ids, so that nodes that
 * settle at once wait for each other and never in a circle.
 */
final class Ledger implements Books {
    private static final String EXTEND = """
            with hold as (select account_id, currency from call_holds where call_id = $1 for update),
            paid as (
                update balances b set balance = b.balance - $2, spent_on = $3,
                    spent_day = spent_within('day', b.spent_day, b.spent_on, $3) + $2,
                    spent_month = spent_within('month', b.spent_month, b.spent_on, $3) + $2
                from hold h join accounts a on a.id = h.account_id
                where b.account_id = h.account_id
                    and (not coalesce((a.doc ->> 'prepaid')::boolean, false) or b.balance >= $2)
                    and spent_within('day', b.spent_day, b.spent_on, $3) + $2
                        <= coalesce((a.doc #>> '{limits,spend_day}')::numeric, 'infinity')
                    and spent_within('month', b.spent_month, b.spent_on, $3) + $2
                        <= coalesce((a.doc #>> '{limits,spend_month}')::numeric, 'infinity')
                returning b.account_id, b.balance),
            grown as (update call_holds set held = held + $2 from paid where call_id = $1),
            entry as (
                insert into ledger (id, account_id, call_id, kind, amount, currency, created_at)
                select $6, h.account_id, $1, 'extend', -$2::numeric, h.currency, $4
                from paid join hold h using (account_id))
            select exists (select from paid) as granted, coalesce(
                (select balance from paid), (select balance from balances where account_id = $5)) as balance,
                exists (select from accounts a join balances b on b.account_id = a.id
                    where a.id = $5 and (not coalesce((a.doc ->> 'prepaid')::boolean, false) or b.balance >= $2)) as affords""";
    private static final String CHECKPOINT = """
            update call_holds h set talked_ms = t.talked_ms
            from unnest($1::text[], $2::bigint[]) as t(call_id, talked_ms) where h.call_id = t.call_id""";
    private static final String SETTLE = """
            with ended as (
                select * from unnest($1::text[], $2::numeric[], $5::text[], $6::text[])
                    as t(call_id, cost, release_id, settle_id)),
            gone as (
                delete from call_holds h using ended e where h.call_id = e.call_id
                returning h.call_id, h.account_id, h.currency, h.held, e.cost, e.release_id, e.settle_id),
            entries as (
                insert into ledger (id, account_id, call_id, kind, amount, currency, created_at)
                select release_id, account_id, call_id, 'release', held, currency, $3::timestamptz from gone where held <> 0
                union all
                select settle_id, account_id, call_id, 'settle', -cost, currency, $3::timestamptz from gone where cost <> 0
                returning account_id, amount),
            sums as (select account_id, sum(amount) as total from entries group by account_id),
            locked as materialized (
                select account_id from balances where account_id in (select account_id from sums)
                order by account_id for update)
            update balances b set balance = b.balance + s.total, spent_on = $4,
                spent_day = spent_within('day', b.spent_day, b.spent_on, $4) - s.total,
                spent_month = spent_within('month', b.spent_month, b.spent_on, $4) - s.total
            from sums s join locked l using (account_id) where b.account_id = s.account_id""";
    private static final String CUT = """
            select call_id, talked_ms, currency, per_minute, connection_fee, first_increment, next_increment,
                minimum_seconds
            from call_holds where call_id = any($1) and talked_ms is not null""";

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
        Tuple values = Tuple.of(
                call.callId(),
                Numeric.create(call.amount().amount()),
                today(),
                now(),
                call.accountId(),
                Ids.next("led"));
        return transaction.preparedQuery(EXTEND).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            Money balance = Money.rounded(
                    row.get(Numeric.class, "balance").bigDecimalValue(),
                    call.amount().currency());
            return new Extended(row.getBoolean("granted"), balance, row.getBoolean("affords"));
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
                .execute(Tuple.of(ids, costs, now(), today(), ledgerIds(ids.length), ledgerIds(ids.length)))
                .mapEmpty();
    }

    private static String[] ledgerIds(int count) {
        return Stream.generate(() -> Ids.next("led")).limit(count).toArray(String[]::new);
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
