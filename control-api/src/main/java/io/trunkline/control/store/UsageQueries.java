package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What was used, added up from ended calls. */
public final class UsageQueries {
    private final Pool pool;

    public UsageQueries(Pool pool) {
        this.pool = pool;
    }

    /** @param period {@code day} or {@code month}, by UTC */
    public Future<JsonArray> sums(
            String period, Optional<OffsetDateTime> since, Optional<OffsetDateTime> until, Scope scope) {
        Where where = new Where().and("ended_at is not null").visibleTo(scope);
        since.ifPresent(time -> where.and("created_at >= ?", time));
        until.ifPresent(time -> where.and("created_at < ?", time));
        String unit = period.equals("month") ? "month" : "day";
        String sql =
                "select to_char(date_trunc('" + unit + "', created_at at time zone 'UTC'), 'YYYY-MM-DD') as period,"
                        + " account_id, direction, currency, count(*) as calls,"
                        + " count(answered_at) as answered, sum(billed_seconds)::bigint as billed_seconds, sum(cost)::text as cost"
                        + " from calls where " + where.sql()
                        + " group by 1, 2, 3, 4 order by 1 desc, 2, 3, 4 limit 10000";
        return pool.preparedQuery(sql).execute(where.parameters()).map(rows -> {
            JsonArray sums = new JsonArray();
            rows.forEach(row -> sums.add(new JsonObject()
                    .put("period", row.getString("period"))
                    .put("account_id", row.getString("account_id"))
                    .put("direction", row.getString("direction"))
                    .put("calls", row.getLong("calls"))
                    .put("answered", row.getLong("answered"))
                    .put("billed_seconds", row.getLong("billed_seconds"))
                    .put("cost", CallJson.money(new BigDecimal(row.getString("cost"))))
                    .put("currency", row.getString("currency"))));
            return sums;
        });
    }
}
