package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Webhook deliveries as the API shows them. */
public final class DeliveryQueries {
    private final Pool pool;

    public DeliveryQueries(Pool pool) {
        this.pool = pool;
    }

    public Future<Page> list(Optional<String> status, Optional<String> callId, Scope scope, Page.Window window) {
        Where where = new Where().visibleTo(scope).after(window);
        status.ifPresent(value -> where.and("status = ?", value));
        callId.ifPresent(value -> where.and("call_id = ?", value));
        String sql = "select * from webhook_deliveries where " + where.sql() + " order by id desc limit "
                + (window.limit() + 1);
        return pool.preparedQuery(sql).execute(where.parameters()).map(rows -> {
            List<JsonObject> items = new ArrayList<>();
            rows.forEach(row -> items.add(json(row)));
            return Page.of(items, window.limit());
        });
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", row.getString("id"))
                .put("call_id", row.getString("call_id"))
                .put("event_id", row.getString("event_id"))
                .put("event_type", row.getString("event_type"))
                .put("seq", row.getLong("seq"))
                .put("url", row.getString("url"))
                .put("status", row.getString("status"))
                .put("attempts", row.getInteger("attempts"))
                .put("last_status", row.getInteger("last_status"))
                .put("last_error", row.getString("last_error"))
                .put("created_at", Times3.text(row.getOffsetDateTime("created_at")))
                .put("delivered_at", Times3.text(row.getOffsetDateTime("delivered_at")));
    }
}
