package io.trunkline.control.billing;

import io.trunkline.control.Ids;
import io.trunkline.control.call.Admission.Channel;
import io.trunkline.control.call.Admission.Hold;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Tariff;
import io.trunkline.control.store.MoneyHolds;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Money held for calls with their creation, inside the transaction of whoever creates them: a call and what it may spend
 * exist together or not at all. Checked and taken in one statement a call, so that no number of calls at once spends the
 * same money twice; in the order of accounts, so that no two transactions wait for each other in a circle.
 */
public final class Holds implements MoneyHolds {
    private static final String TAKE = """
            with known as (select from call_holds where call_id = $1),
            full_up as (
                select from unnest($14::text[], $15::int[]) as wanted (scope, left_to_others)
                where left_to_others < (
                    select count(*) from call_holds h join calls c on c.id = h.call_id and c.ended_at is null
                    where h.scopes @> array[wanted.scope] and h.node <> $7)),
            paid as (
                update balances b set balance = b.balance - $3, spent_on = $4,
                    spent_day = spent_within('day', b.spent_day, b.spent_on, $4) + $3,
                    spent_month = spent_within('month', b.spent_month, b.spent_on, $4) + $3
                from accounts a
                where b.account_id = $2 and a.id = $2 and $3::numeric > 0 and not exists (select from known)
                    and not exists (select from full_up)
                    and (not coalesce((a.doc ->> 'prepaid')::boolean, false) or b.balance >= $3)
                    and spent_within('day', b.spent_day, b.spent_on, $4) + $3
                        <= coalesce((a.doc #>> '{limits,spend_day}')::numeric, 'infinity')
                    and spent_within('month', b.spent_month, b.spent_on, $4) + $3
                        <= coalesce((a.doc #>> '{limits,spend_month}')::numeric, 'infinity')
                returning b.account_id),
            entry as (
                insert into ledger (id, account_id, call_id, kind, amount, currency, created_at)
                select $6, account_id, $1, 'reserve', -$3::numeric, $8, $5 from paid)
            insert into call_holds (call_id, account_id, node, held, currency, per_minute, connection_fee,
                first_increment, next_increment, minimum_seconds, held_at, scopes)
            select $1, $2, $7, $3, $8, $9, $10, $11, $12, $13, $5, $14
            where ($3::numeric = 0 and not exists (select from full_up)) or exists (select from paid)
            on conflict do nothing returning call_id""";
    private static final String OPEN =
            "insert into balances (account_id) select id from accounts where id = $1 on conflict do nothing";
    private static final String WHY = """
            select exists (select from call_holds where call_id = $3) as known,
                coalesce((a.doc ->> 'prepaid')::boolean, false) and b.balance < $2 as poor,
                exists (
                    select from unnest($5::text[], $6::int[]) as wanted (scope, left_to_others)
                    where left_to_others < (
                        select count(*) from call_holds h join calls c on c.id = h.call_id and c.ended_at is null
                        where h.scopes @> array[wanted.scope] and h.node <> $4)) as taken
            from accounts a join balances b on b.account_id = a.id where a.id = $1""";

    private final Clock clock;

    public Holds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Future<Map<String, CallRefused>> hold(SqlConnection transaction, List<Hold> holds) {
        List<Hold> ordered =
                holds.stream().sorted(Comparator.comparing(Hold::accountId)).toList();
        Map<String, CallRefused> refused = new HashMap<>();
        return transaction
                .preparedQuery(TAKE)
                .executeBatch(ordered.stream().map(this::values).toList())
                .compose(taken -> explain(transaction, ordered, taken, refused))
                .map(_ -> Map.copyOf(refused));
    }

    /** One after the other, for those alone that nothing was taken for. */
    private Future<Void> explain(
            SqlConnection transaction, List<Hold> holds, RowSet<Row> taken, Map<String, CallRefused> refused) {
        Future<Void> done = Future.succeededFuture();
        RowSet<Row> each = taken;
        for (Hold hold : holds) {
            if (each.rowCount() == 0) {
                done = done.compose(_ -> openOrExplain(transaction, hold, refused));
            }
            each = each.next();
        }
        return done;
    }

    /** It is the first paid call of an account, which has no balance yet; or held already; or there is a reason. */
    private Future<Void> openOrExplain(SqlConnection transaction, Hold hold, Map<String, CallRefused> refused) {
        return transaction
                .preparedQuery(OPEN)
                .execute(Tuple.of(hold.accountId()))
                .compose(opened -> opened.rowCount() == 0
                        ? Future.succeededFuture(0)
                        : transaction.preparedQuery(TAKE).execute(values(hold)).map(RowSet::rowCount))
                .compose(taken -> taken == 1 ? Future.succeededFuture() : why(transaction, hold, refused));
    }

    private static Future<Void> why(SqlConnection transaction, Hold hold, Map<String, CallRefused> refused) {
        Tuple values = Tuple.of(hold.accountId(), Numeric.create(hold.amount().amount()), hold.callId(), hold.node());
        addChannels(values, hold);
        return transaction.preparedQuery(WHY).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            if (!row.getBoolean("known")) {
                refused.put(hold.callId(), reason(row, hold));
            }
            return null;
        });
    }

    private static CallRefused reason(Row row, Hold hold) {
        if (row.getBoolean("taken")) {
            return Refusals.takenElsewhere();
        }
        return row.getBoolean("poor") ? Refusals.poor(hold.amount()) : Refusals.spent();
    }

    private static Tuple addChannels(Tuple values, Hold hold) {
        return values.addArrayOfString(
                        hold.channels().stream().map(Channel::scope).toArray(String[]::new))
                .addArrayOfInteger(hold.channels().stream().map(Channel::left).toArray(Integer[]::new));
    }

    private Tuple values(Hold hold) {
        Tariff tariff = hold.tariff();
        Tuple values = Tuple.of(
                hold.callId(),
                hold.accountId(),
                Numeric.create(hold.amount().amount()),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                clock.instant().atOffset(ZoneOffset.UTC),
                Ids.next("led"),
                hold.node(),
                tariff.currency(),
                Numeric.create(tariff.perMinute()),
                Numeric.create(tariff.connectionFee()),
                tariff.firstIncrement(),
                tariff.nextIncrement(),
                tariff.minimumSeconds());
        return addChannels(values, hold);
    }
}
