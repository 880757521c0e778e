package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads calls as the API shows them. */
public final class CallQueries {
    private final Pool pool;

    public CallQueries(Pool pool) {
        this.pool = pool;
    }

    /** What a list of calls is narrowed to. */
    public record Filter(
            Optional<String> direction,
            Optional<String> status,
            Optional<String> from,
            Optional<String> to,
            Optional<String> tag,
            Optional<String> line,
            Optional<String> trunk,
            Optional<OffsetDateTime> since,
            Optional<OffsetDateTime> until,
            Map<String, String> metadata) {}

    /** Empty when there is none, or none that the scope sees. */
    public Future<Optional<JsonObject>> find(String id, Scope scope) {
        return pool.preparedQuery("select snapshot from calls where id = $1 and " + scope.condition(2))
                .execute(scope.add(Tuple.of(id)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(call(rows.iterator().next())));
    }

    public Future<Page> list(Filter filter, Scope scope, Page.Window window) {
        Where where = new Where().visibleTo(scope).after(window);
        narrow(where, filter);
        String sql =
                "select snapshot from calls where " + where.sql() + " order by id desc limit " + (window.limit() + 1);
        return pool.preparedQuery(sql).execute(where.parameters()).map(rows -> {
            List<JsonObject> calls = new ArrayList<>();
            rows.forEach(row -> calls.add(call(row)));
            return Page.of(calls, window.limit());
        });
    }

    /** Changes an ended call's tag and metadata; a live one's belong to its owner. */
    public Future<Optional<JsonObject>> annotate(String id, Optional<String> tag, Optional<JsonObject> metadata) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("select snapshot from calls where id = $1 and ended_at is not null for update")
                .execute(Tuple.of(id))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    JsonObject call = call(rows.iterator().next());
                    tag.ifPresent(value -> call.put("tag", value));
                    metadata.ifPresent(value -> call.put("metadata", merged(call.getJsonObject("metadata"), value)));
                    return connection
                            .preparedQuery(
                                    "update calls set snapshot = $2, tag = $3, metadata = $4::text::jsonb where id = $1")
                            .execute(Tuple.of(
                                    id,
                                    call.encode(),
                                    call.getString("tag"),
                                    call.getJsonObject("metadata").encode()))
                            .map(Optional.of(call));
                }));
    }

    /** Absent leaves, null removes. */
    private static JsonObject merged(JsonObject before, JsonObject change) {
        JsonObject after = before.copy();
        change.forEach(entry -> {
            if (entry.getValue() == null) {
                after.remove(entry.getKey());
            } else {
                after.put(entry.getKey(), entry.getValue());
            }
        });
        return after;
    }

    private static void narrow(Where where, Filter filter) {
        filter.direction().ifPresent(value -> where.and("direction = ?", value));
        filter.status().ifPresent(value -> {
            if (value.equals("active")) {
                where.and("ended_at is null");
            } else {
                where.and("status = ?", value);
            }
        });
        filter.from().ifPresent(value -> where.and("from_number = ?", value));
        filter.to().ifPresent(value -> where.and("to_number = ?", value));
        filter.tag().ifPresent(value -> where.and("tag = ?", value));
        filter.line().ifPresent(value -> where.and("line = ?", value));
        filter.trunk().ifPresent(value -> where.and("trunk = ?", value));
        filter.since().ifPresent(value -> where.and("created_at >= ?", value));
        filter.until().ifPresent(value -> where.and("created_at < ?", value));
        filter.metadata().forEach((key, value) -> where.and("metadata ->> ? = ?", key, value));
    }

    private static JsonObject call(Row row) {
        return new JsonObject(row.getString("snapshot"));
    }
}
