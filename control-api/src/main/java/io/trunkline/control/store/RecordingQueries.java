package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads recordings as the API shows them. */
public final class RecordingQueries {
    private static final String COLUMNS = "select id, call_id, status, doc, created_at from recordings where ";

    private final Pool pool;

    public RecordingQueries(Pool pool) {
        this.pool = pool;
    }

    public Future<Optional<JsonObject>> find(String id, Scope scope) {
        Where where = new Where().visibleTo(scope).and("id = ?", id).and("deleted_at is null");
        return read(where, "").map(found -> found.stream().findFirst());
    }

    public Future<List<JsonObject>> ofCall(String callId, Scope scope) {
        return read(new Where().visibleTo(scope).and("call_id = ?", callId).and("deleted_at is null"), " order by id");
    }

    public Future<Page> list(Scope scope, Page.Window window) {
        Where where = new Where().visibleTo(scope).after(window).and("deleted_at is null");
        return read(where, " order by id desc limit " + (window.limit() + 1))
                .map(found -> Page.of(found, window.limit()));
    }

    private Future<List<JsonObject>> read(Where where, String order) {
        Tuple parameters = where.parameters();
        return pool.preparedQuery(COLUMNS + where.sql() + order)
                .execute(parameters)
                .map(rows -> {
                    List<JsonObject> found = new ArrayList<>();
                    rows.forEach(row -> found.add(recording(row)));
                    return found;
                });
    }

    private static JsonObject recording(Row row) {
        JsonObject doc = row.getJsonObject("doc");
        OffsetDateTime created = row.getOffsetDateTime("created_at");
        return new JsonObject()
                .put("id", row.getString("id"))
                .put("call_id", row.getString("call_id"))
                .put("status", row.getString("status"))
                .put("channels", doc.getInteger("channels"))
                .put("duration_ms", doc.getLong("duration_ms"))
                .put("size", doc.getLong("size"))
                .put("sha256", doc.getString("sha256"))
                .put("gaps", doc.getJsonArray("gaps", new JsonArray()))
                .put("created_at", Times3.text(created));
    }
}
