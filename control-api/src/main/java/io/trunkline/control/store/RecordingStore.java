package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recordings as the API shows them; their rows follow the event log. */
public final class RecordingStore {
    private final Pool pool;

    public RecordingStore(Pool pool) {
        this.pool = pool;
    }

    public Future<Optional<JsonObject>> find(String id, Scope scope) {
        String sql = "select * from recordings where id = $1 and deleted_at is null and " + scope.condition(2);
        return pool.preparedQuery(sql)
                .execute(scope.add(Tuple.of(id)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(json(rows.iterator().next())));
    }

    public Future<Page> list(Optional<String> callId, Scope scope, Page.Window window) {
        Where where = new Where().and("deleted_at is null").visibleTo(scope).after(window);
        callId.ifPresent(id -> where.and("call_id = ?", id));
        String sql =
                "select * from recordings where " + where.sql() + " order by id desc limit " + (window.limit() + 1);
        return pool.preparedQuery(sql).execute(where.parameters()).map(rows -> {
            List<JsonObject> items = new ArrayList<>();
            rows.forEach(row -> items.add(json(row)));
            return Page.of(items, window.limit());
        });
    }

    public Future<Void> hold(String id, boolean held) {
        return pool.preparedQuery("update recordings set legal_hold = $2 where id = $1")
                .execute(Tuple.of(id, held))
                .mapEmpty();
    }

    /** Marks it deleted, unless it is held or still runs. */
    public Future<Boolean> delete(String id) {
        return pool.preparedQuery("""
                        update recordings set deleted_at = now(), status = 'deleted'
                        where id = $1 and not legal_hold and status not in ('recording', 'paused')
                        """).execute(Tuple.of(id)).map(rows -> rows.rowCount() > 0);
    }

    private static JsonObject json(Row row) {
        JsonObject doc = row.getJsonObject("doc");
        return new JsonObject()
                .put("id", row.getString("id"))
                .put("call_id", row.getString("call_id"))
                .put("status", row.getString("status"))
                .put("channels", doc.getValue("channels"))
                .put("duration_ms", doc.getValue("duration_ms"))
                .put("size", doc.getValue("size"))
                .put("sha256", doc.getValue("sha256"))
                .put("gaps", doc.getValue("gaps"))
                .put("reason", doc.getValue("reason"))
                .put("legal_hold", row.getBoolean("legal_hold"))
                .put("created_at", Times3.text(row.getOffsetDateTime("created_at")));
    }
}
