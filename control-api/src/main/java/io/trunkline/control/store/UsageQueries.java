package io.trunkline.control.store;

import io.trunkline.control.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** What happened since: how calls went, why they ended, who answered, and how many began each minute. */
    public Future<JsonObject> summary(Instant since, Scope scope) {
        Where where = new Where().and("id >= ?", Ids.from("call", since)).visibleTo(scope);
        String recent = "select status, snapshot::jsonb -> 'cause' ->> 'code' as cause,"
                + " snapshot::jsonb -> 'amd' ->> 'verdict' as verdict, created_at, answered_at from calls"
                + " where " + where.sql();
        String sql = "with recent as (" + recent + ") "
                + " select 'status' as what, status as name, count(*) as calls, count(answered_at) as answered"
                + " from recent group by 2"
                + " union all select 'cause', cause, count(*), count(answered_at) from recent where cause is not null"
                + " group by 2"
                + " union all select 'verdict', verdict, count(*), count(answered_at) from recent"
                + " where verdict is not null group by 2"
                + " union all select 'minute', to_char(date_trunc('minute', created_at at time zone 'UTC'),"
                + " 'YYYY-MM-DD\"T\"HH24:MI:00.000\"Z\"'), count(*), count(answered_at) from recent group by 2";
        Where now = new Where().and("ended_at is null").visibleTo(scope);
        return pool.preparedQuery(sql)
                .execute(where.parameters())
                .compose(rows -> pool.preparedQuery("select count(*) as active from calls where " + now.sql())
                        .execute(now.parameters())
                        .map(active ->
                                summary(since, rows, active.iterator().next().getLong("active"))));
    }

    private static JsonObject summary(Instant since, RowSet<Row> rows, long active) {
        Map<String, JsonArray> parts = new TreeMap<>(Map.of(
                "status",
                new JsonArray(),
                "cause",
                new JsonArray(),
                "verdict",
                new JsonArray(),
                "minute",
                new JsonArray()));
        long calls = 0;
        long answered = 0;
        for (Row row : rows) {
            String what = row.getString("what");
            if (what.equals("status")) {
                calls += row.getLong("calls");
                answered += row.getLong("answered");
            }
            parts.getOrDefault(what, new JsonArray())
                    .add(new JsonObject()
                            .put("name", row.getString("name"))
                            .put("calls", row.getLong("calls"))
                            .put("answered", row.getLong("answered")));
        }
        return new JsonObject()
                .put("since", Times3.text(since))
                .put("active", active)
                .put("calls", calls)
                .put("answered", answered)
                .put("statuses", parts.get("status"))
                .put("causes", parts.get("cause"))
                .put("verdicts", parts.get("verdict"))
                .put("minutes", parts.get("minute"));
    }
}
