package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people say answered a call: the truth that detection is measured against. */
public final class Labels {
    private final Pool pool;

    public Labels(Pool pool) {
        this.pool = pool;
    }

    public Future<Void> put(String callId, String accountId, String label, Optional<String> note) {
        return pool.preparedQuery("""
                        insert into amd_labels (call_id, account_id, label, note) values ($1, $2, $3, $4)
                        on conflict (call_id) do update set label = excluded.label, note = excluded.note,
                            created_at = now()
                        """)
                .execute(Tuple.of(callId, accountId, label, note.orElse(null)))
                .mapEmpty();
    }

    /** The labelled calls, newest first, with what was detected in them. */
    public Future<Page> list(Scope scope, Page.Window window) {
        Where where = new Where().visibleTo(scope).after(window);
        String sql = """
                select * from (
                    select c.id, c.account_id, c.application_id, c.snapshot, l.label, l.note
                    from amd_labels l join calls c on c.id = l.call_id) labelled
                where %s order by id desc limit %d""".formatted(where.sql(), window.limit() + 1);
        return pool.preparedQuery(sql).execute(where.parameters()).map(rows -> {
            List<JsonObject> items = new ArrayList<>();
            rows.forEach(row -> items.add(json(row)));
            return Page.of(items, window.limit());
        });
    }

    private static JsonObject json(Row row) {
        JsonObject call = new JsonObject(row.getString("snapshot"));
        return new JsonObject()
                .put("id", row.getString("id"))
                .put("call_id", row.getString("id"))
                .put("trunk", call.getValue("trunk"))
                .put("label", row.getString("label"))
                .put("note", row.getString("note"))
                .put("amd", call.getValue("amd"))
                .put("recordings", call.getValue("recordings"));
    }
}
