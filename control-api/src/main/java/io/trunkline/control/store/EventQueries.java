package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the log: by call for lists, by position for feeds. */
public final class EventQueries {
    private final Pool pool;

    public EventQueries(Pool pool) {
        this.pool = pool;
    }

    /** An event as everyone outside sees it. */
    public record StoredEvent(
            long position, long seq, String id, String type, String accountId, String applicationId, String body) {}

    public Future<List<StoredEvent>> ofCall(String callId, long afterSeq, int limit) {
        return list(
                "select * from call_events where call_id = $1 and seq > $2 order by seq limit $3",
                Tuple.of(callId, afterSeq, limit));
    }

    public Future<List<StoredEvent>> after(long position, Scope scope, int limit) {
        String sql = "select * from call_events where position > $1 and " + scope.condition(3)
                + " order by position limit $2";
        return list(sql, scope.add(Tuple.of(position, limit)));
    }

    public Future<Long> latestPosition() {
        return pool.query("select coalesce(max(position), 0) as position from call_events")
                .execute()
                .map(rows -> rows.iterator().next().getLong("position"));
    }

    public Future<Optional<Long>> positionOf(String eventId, Scope scope) {
        return pool.preparedQuery("select position from call_events where id = $1 and " + scope.condition(2))
                .execute(scope.add(Tuple.of(eventId)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong("position")));
    }

    private Future<List<StoredEvent>> list(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).map(rows -> {
            List<StoredEvent> events = new ArrayList<>();
            rows.forEach(row -> events.add(new StoredEvent(
                    row.getLong("position"),
                    row.getLong("seq"),
                    row.getString("id"),
                    row.getString("type"),
                    row.getString("account_id"),
                    row.getString("application_id"),
                    row.getString("body"))));
            return events;
        });
    }
}
