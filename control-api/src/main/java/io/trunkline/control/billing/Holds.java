package io.trunkline.control.billing;

import io.trunkline.control.call.Admission.Hold;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Tariff;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Money held for a call with its creation, inside the transaction of whoever creates it: the call and what it may spend
 * exist together or not at all. Checked and taken in one statement, so that no number of calls at once spends the same
 * money twice.
 */
public final class Holds {
    private static final String TAKE = """
            WITH paid AS (
                UPDATE balances b SET balance = b.balance - $3, spent_on = $4,
                    spent_day = spent_within('day', b.spent_day, b.spent_on, $4) + $3,
                    spent_month = spent_within('month', b.spent_month, b.spent_on, $4) + $3
                FROM accounts a
                WHERE b.account_id = $2 AND a.id = $2
                    AND (NOT a.prepaid OR b.balance >= $3)
                    AND (a.spend_day IS NULL
                        OR spent_within('day', b.spent_day, b.spent_on, $4) + $3 <= a.spend_day)
                    AND (a.spend_month IS NULL
                        OR spent_within('month', b.spent_month, b.spent_on, $4) + $3 <= a.spend_month)
                RETURNING b.account_id)
            INSERT INTO ledger (account_id, call_id, kind, amount, currency, at)
            SELECT account_id, $1, 'hold', -$3::numeric, $5, $6 FROM paid""";
    private static final String REMEMBER = """
            INSERT INTO call_holds (call_id, account_id, node, held, currency, per_minute, connection_fee,
                first_increment, next_increment, minimum_seconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""";
    private static final String WHY = """
            SELECT a.prepaid AND b.balance < $2 AS poor FROM accounts a JOIN balances b ON b.account_id = a.id
            WHERE a.id = $1""";

    private static final String OPEN =
            "INSERT INTO balances (account_id) SELECT id FROM accounts WHERE id = $1 ON CONFLICT DO NOTHING";

    private final Clock clock;

    public Holds(Clock clock) {
        this.clock = clock;
    }

    /** Fails with {@link CallRefused} 402 or 403; roll the transaction back then. */
    public Future<Void> take(SqlClient transaction, Hold hold) {
        return (hold.amount().isZero() ? Future.succeededFuture() : pay(transaction, hold))
                .compose(_ -> transaction.preparedQuery(REMEMBER).execute(remembered(hold)))
                .mapEmpty();
    }

    private Future<Void> pay(SqlClient transaction, Hold hold) {
        Tuple values = Tuple.of(
                hold.callId(),
                hold.accountId(),
                Numeric.create(hold.amount().amount()),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                hold.amount().currency(),
                clock.instant().atOffset(ZoneOffset.UTC));
        return transaction
                .preparedQuery(TAKE)
                .execute(values)
                .compose(rows -> rows.rowCount() == 1 ? Future.succeededFuture() : openOrRefuse(transaction, hold));
    }

    /** Nothing was taken: it is the first call of an account that has no balance yet, or there is a reason. */
    private Future<Void> openOrRefuse(SqlClient transaction, Hold hold) {
        return transaction
                .preparedQuery(OPEN)
                .execute(Tuple.of(hold.accountId()))
                .compose(rows -> rows.rowCount() == 1 ? pay(transaction, hold) : refuse(transaction, hold));
    }

    private static Future<Void> refuse(SqlClient transaction, Hold hold) {
        return transaction
                .preparedQuery(WHY)
                .execute(Tuple.of(hold.accountId(), Numeric.create(hold.amount().amount())))
                .compose(rows -> {
                    Row row = rows.iterator().next();
                    return Future.failedFuture(
                            row.getBoolean("poor") ? Refusals.poor(hold.amount()) : Refusals.spent());
                });
    }

    private static Tuple remembered(Hold hold) {
        Tariff tariff = hold.tariff();
        return Tuple.of(
                hold.callId(),
                hold.accountId(),
                hold.node(),
                Numeric.create(hold.amount().amount()),
                tariff.currency(),
                Numeric.create(tariff.perMinute()),
                Numeric.create(tariff.connectionFee()),
                tariff.firstIncrement(),
                tariff.nextIncrement(),
                tariff.minimumSeconds());
    }
}
