package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls by the number of a page, with how many there are: for APIs that count their pages. */
public final class CallPages {
    private static final String WHERE = " from calls where ($3::text is null or direction = $3)"
            + " and ($4::text[] is null or direction || ' ' || status = any($4))"
            + " and ($5::boolean is null or status <> 'completed'"
            + " or (snapshot::json #>> '{cause,code}' = 'hangup_api') = $5)"
            + " and ($6::text is null or (snapshot::json #> array['metadata', $6] is not null) = $7) and ";

    private final Pool pool;

    public CallPages(Pool pool) {
        this.pool = pool;
    }

    /**
     * What the list is narrowed to.
     *
     * @param statuses any of these, each after its direction: {@code inbound ringing}
     * @param hungUpByUs of completed calls: only those that we ended, or only the others
     * @param mark what must, or must not, be in a call's metadata
     */
    public record Filter(
            Optional<String> direction,
            Optional<List<String>> statuses,
            Optional<Boolean> hungUpByUs,
            Optional<Mark> mark) {}

    public record Mark(String key, boolean present) {}

    public record Numbered(List<JsonObject> items, long total) {}

    /** @param page the first is 1 */
    public Future<Numbered> list(Filter filter, Scope scope, int page, int limit) {
        long skipped = (page - 1L) * limit;
        String where = WHERE + scope.condition(8);
        String items = "select snapshot" + where + " order by id desc limit $1 offset $2";
        String count = "select count(*) as total" + where + " and $1::bigint is not null and $2::bigint is not null";
        return pool.preparedQuery(items)
                .execute(values(filter, scope, limit, skipped))
                .compose(rows -> {
                    List<JsonObject> calls = new ArrayList<>();
                    rows.forEach(row -> calls.add(new JsonObject(row.getString("snapshot"))));
                    return pool.preparedQuery(count)
                            .execute(values(filter, scope, limit, skipped))
                            .map(total -> total.iterator().next().getLong("total"))
                            .compose(total -> describeSessions(calls).map(done -> new Numbered(calls, total)));
                });
    }

    /** Puts what a call's browser and we agreed on into each call, as {@code webrtc}; it is in the log alone. */
    private Future<Void> describeSessions(List<JsonObject> calls) {
        Map<String, JsonObject> sessions = new HashMap<>();
        calls.forEach(call -> {
            JsonObject session = new JsonObject();
            call.put("webrtc", session);
            sessions.put(call.getString("id"), session);
        });
        return pool.preparedQuery("""
                        select call_id, body from call_events where call_id = any($1)
                            and type in ('call.created', 'webrtc.offered', 'webrtc.answered') order by call_id, seq
                        """)
                .execute(Tuple.tuple().addArrayOfString(sessions.keySet().toArray(String[]::new)))
                .map(rows -> {
                    rows.forEach(row -> {
                        JsonObject session = sessions.get(row.getString("call_id"));
                        if (session != null) {
                            session.mergeIn(new JsonObject(row.getString("body")).getJsonObject("data"));
                        }
                    });
                    return rows;
                })
                .mapEmpty();
    }

    private static Tuple values(Filter filter, Scope scope, long limit, long skipped) {
        return scope.add(Tuple.of(limit, skipped)
                .addString(filter.direction().orElse(null))
                .addArrayOfString(filter.statuses()
                        .map(list -> list.toArray(String[]::new))
                        .orElse(null))
                .addBoolean(filter.hungUpByUs().orElse(null))
                .addString(filter.mark().map(Mark::key).orElse(null))
                .addBoolean(filter.mark().map(Mark::present).orElse(null)));
    }
}
