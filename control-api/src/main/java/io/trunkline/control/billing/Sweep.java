package io.trunkline.control.billing;

import io.trunkline.control.call.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * Finds money still held that should not be: for calls whose end is stored and that a crash kept from being settled, and
 * for calls that were taken back because their creation came too late. Settling twice changes nothing, so a call that
 * is being settled meanwhile does no harm.
 */
final class Sweep {
    /** Younger holds may belong to a call whose end or creation is under way. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final String LEFT = """
            select h.call_id, h.account_id, h.currency, coalesce(c.cost, 0) as cost
            from call_holds h left join calls c on c.id = h.call_id
            where h.node = $1 and h.held_at < $2 and (c.id is null or c.ended_at < $2) limit 1000""";

    private final Pool pool;
    private final Settlements settlements;
    private final Clock clock;
    private final String node;

    Sweep(Pool pool, Settlements settlements, Clock clock, String node) {
        this.pool = pool;
        this.settlements = settlements;
        this.clock = clock;
        this.node = node;
    }

    /** Answers how many were found. */
    Future<Integer> run() {
        return pool.preparedQuery(LEFT)
                .execute(Tuple.of(node, clock.instant().minus(GRACE).atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    for (Row row : rows) {
                        Money cost = new Money(row.getBigDecimal("cost"), row.getString("currency"));
                        settlements.add(
                                new Books.Settlement(row.getString("call_id"), row.getString("account_id"), cost));
                    }
                    return rows.size();
                });
    }
}
