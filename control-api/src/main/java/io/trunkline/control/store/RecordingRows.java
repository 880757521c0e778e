package io.trunkline.control.store;

import io.trunkline.control.call.CallEvent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of recordings follows the log: each {@code recording.*} event leaves its trace in the same commit. */
final class RecordingRows {
    private static final String UPSERT = """
            insert into recordings (id, call_id, account_id, application_id, status, doc, created_at)
            select id, call_id, account_id, application_id, status, doc::jsonb, at::timestamptz
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                 as new (id, call_id, account_id, application_id, status, doc, at)
            on conflict (id) do update
                set status = excluded.status, doc = recordings.doc || excluded.doc
                where recordings.deleted_at is null
            """;

    private RecordingRows() {}

    static Future<Void> write(SqlConnection connection, Iterable<CallEvent> events) {
        Map<String, Object[]> last = new LinkedHashMap<>();
        for (CallEvent event : events) {
            String status = status(event.type());
            if (status != null && event.data().get("recording_id") instanceof String id) {
                Object[] before = last.get(id);
                JsonObject facts = before == null ? new JsonObject() : (JsonObject) before[5];
                facts.mergeIn(CallJson.event(event).getJsonObject("data"));
                facts.remove("recording_id");
                last.put(id, new Object[] {
                    id,
                    event.call().id(),
                    event.call().owner().accountId(),
                    event.call().owner().applicationId(),
                    status,
                    facts,
                    Times3.text(event.occurredAt())
                });
            }
        }
        Columns rows = new Columns(7);
        last.values().forEach(rows::add);
        return EventBatch.execute(connection, UPSERT, rows).mapEmpty();
    }

    private static @Nullable String status(String type) {
        return switch (type) {
            case "recording.started", "recording.resumed" -> "recording";
            case "recording.paused" -> "paused";
            case "recording.completed", "recording.recovered" -> "completed";
            case "recording.absent" -> "absent";
            default -> null;
        };
    }
}
