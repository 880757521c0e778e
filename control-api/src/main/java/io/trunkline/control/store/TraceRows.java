package io.trunkline.control.store;

import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Traces kept with their calls: bounded each, the first messages first, since those say why a call failed. */
public final class TraceRows {
    private static final int MOST_CHARACTERS = 512 * 1024;

    private final Pool pool;

    public TraceRows(Pool pool) {
        this.pool = pool;
    }

    Future<Void> keep(String callId, List<TraceEntry> trace) {
        return trace.isEmpty()
                ? Future.succeededFuture()
                : pool.preparedQuery("insert into call_traces (call_id, entries) values ($1, $2)"
                                + " on conflict (call_id) do update set entries = excluded.entries")
                        .execute(Tuple.of(callId, encode(trace)))
                        .mapEmpty();
    }

    /** Empty when none was kept. */
    public Future<List<TraceEntry>> of(String callId) {
        return pool.preparedQuery("select entries from call_traces where call_id = $1")
                .execute(Tuple.of(callId))
                .map(rows -> rows.size() == 0
                        ? List.of()
                        : decode(rows.iterator().next().getString("entries")));
    }

    private static String encode(List<TraceEntry> trace) {
        JsonArray entries = new JsonArray();
        int characters = 0;
        for (TraceEntry entry : trace) {
            characters += entry.message().length();
            if (characters > MOST_CHARACTERS) {
                break;
            }
            entries.add(new JsonObject()
                    .put("at", entry.at().toString())
                    .put("sent", entry.sent())
                    .put("transport", entry.transport())
                    .put("local", entry.local())
                    .put("remote", entry.remote())
                    .put("message", entry.message().replace("\0", "")));
        }
        return entries.encode();
    }

    private static List<TraceEntry> decode(String stored) {
        List<TraceEntry> trace = new ArrayList<>();
        for (Object item : new JsonArray(stored)) {
            JsonObject entry = (JsonObject) item;
            trace.add(new TraceEntry(
                    Instant.parse(entry.getString("at")),
                    entry.getBoolean("sent"),
                    entry.getString("transport"),
                    entry.getString("local"),
                    entry.getString("remote"),
                    entry.getString("message")));
        }
        return List.copyOf(trace);
    }
}
