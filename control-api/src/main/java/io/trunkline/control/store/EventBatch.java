package io.trunkline.control.store;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStore.IdempotencyKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The transaction behind a group commit: calls, events, what webhooks are owed, recordings, idempotency rows and
 * dialogs, a few statements whatever the size of the group. It may run twice over the same writes and leaves the same rows, so a
 * commit whose answer was lost is simply repeated.
 */
final class EventBatch {
    /** Commits of all nodes take this lock in turn, so that positions grow in the order of commit. */
    private static final long COMMIT_ORDER_LOCK = 0x7472756e6bL;

    private static final long GIVE_UP_SECONDS = 30;
    private static final long PROBE_SECONDS = 2;

    private final Pool pool;
    private final NodeEpoch self;
    private final MoneyHolds holds;

    EventBatch(Pool pool, NodeEpoch self, MoneyHolds holds) {
        this.pool = pool;
        this.self = self;
        this.holds = holds;
    }

    /** What is durable now, in order, and the calls whose writes were refused, and why. */
    record Outcome(List<Committed> committed, Map<String, CallRefused> refused) {}

    Future<Outcome> commit(List<Write> group) {
        return commit(group, Map.of());
    }

    /** @param dialogs snapshots by call, which go along */
    Future<Outcome> commit(List<Write> group, Map<String, String> dialogs) {
        return pool.withTransaction(connection -> run(connection, group)
                        .compose(done ->
                                DialogRows.write(connection, dialogs, self).map(done)))
                .timeout(GIVE_UP_SECONDS, TimeUnit.SECONDS);
    }

    /** Succeeds when the database answers. */
    Future<Void> probe() {
        return pool.query("select 1")
                .execute()
                .timeout(PROBE_SECONDS, TimeUnit.SECONDS)
                .mapEmpty();
    }

    /** Takes back calls that were refused before their commit was known. */
    Future<Void> erase(List<Write> calls) {
        Tuple ids =
                Tuple.tuple().addArrayOfString(calls.stream().map(Write::callId).toArray(String[]::new));
        Tuple keys = Tuple.tuple()
                .addArrayOfString(calls.stream()
                        .flatMap(call -> call.key().stream())
                        .map(key -> key.applicationId() + ' ' + key.path() + ' ' + key.key())
                        .toArray(String[]::new));
        return pool.withTransaction(connection -> erase(connection, "webhook_deliveries where call_id", ids)
                .compose(done -> erase(connection, "webhook_lanes where call_id", ids))
                .compose(done -> erase(connection, "call_events where call_id", ids))
                .compose(done -> erase(connection, "calls where id", ids))
                .compose(done ->
                        erase(connection, "idempotency where application_id || ' ' || path || ' ' || key", keys)));
    }

    private static Future<Void> erase(SqlConnection connection, String what, Tuple these) {
        return connection
                .preparedQuery("delete from " + what + " = any($1)")
                .execute(these)
                .mapEmpty();
    }

    /**
     * The database answers statements in the order sent, so none waits for an answer that it does not need: after the
     * lock everything sees what the commits before left.
     */
    private Future<Outcome> run(SqlConnection connection, List<Write> group) {
        Map<String, CallRefused> refused = new HashMap<>();
        Future<?> locked =
                connection.preparedQuery("select pg_advisory_xact_lock($1)").execute(Tuple.of(COMMIT_ORDER_LOCK));
        Future<List<Committed>> written = ExclusiveLines.taken(connection, group)
                .compose(taken -> {
                    refused.putAll(taken);
                    return hold(connection, without(group, refused));
                })
                .compose(unpaid -> {
                    refused.putAll(unpaid);
                    return writeCalls(connection, without(group, refused));
                })
                .compose(mine -> {
                    for (Write write : without(group, refused)) {
                        if (!mine.contains(write.callId())) {
                            refused.put(write.callId(), fenced(write));
                        }
                    }
                    return writeRest(connection, without(group, refused));
                });
        return Future.all(locked, written).map(_ -> new Outcome(written.result(), Map.copyOf(refused)));
    }

    private Future<Map<String, CallRefused>> hold(SqlConnection connection, List<Write> group) {
        List<Admission.Hold> wanted =
                group.stream().flatMap(write -> write.hold().stream()).toList();
        return wanted.isEmpty() ? Future.succeededFuture(Map.of()) : holds.hold(connection, wanted);
    }

    private static List<Write> without(List<Write> group, Map<String, CallRefused> refused) {
        return group.stream()
                .filter(write -> !refused.containsKey(write.callId()))
                .toList();
    }

    private CallRefused fenced(Write write) {
        return CallRefused.of(
                409, "conflict", write.callId() + " belongs to another node now, or its events have a hole");
    }

    /** Inserts new calls and updates known ones; answers the ids that this node may write. */
    private Future<Set<String>> writeCalls(SqlConnection connection, List<Write> group) {
        Map<String, CallRow> rows = new HashMap<>();
        for (Write write : group) {
            rows.merge(write.callId(), CallRow.of(write), CallRow::then);
        }
        List<CallRow> created = rows.values().stream().filter(CallRow::created).toList();
        List<CallRow> known =
                rows.values().stream().filter(row -> !row.created()).toList();
        var inserted = execute(connection, CallRow.INSERT, CallRow.columns(created, self));
        var updated = execute(connection, CallRow.UPDATE, CallRow.columns(known, self));
        return Future.all(inserted, updated).map(_ -> {
            Set<String> ids = new HashSet<>();
            inserted.result().forEach(row -> ids.add(row.getString("id")));
            updated.result().forEach(row -> ids.add(row.getString("id")));
            return ids;
        });
    }

    private Future<List<Committed>> writeRest(SqlConnection connection, List<Write> accepted) {
        List<CallEvent> events =
                accepted.stream().flatMap(write -> write.events().stream()).toList();
        Map<String, String> bodies = new HashMap<>();
        Columns rows = new Columns(7);
        for (CallEvent event : events) {
            CallSnapshot call = event.call();
            String body = CallJson.event(event).encode();
            bodies.put(event.id(), body);
            rows.add(
                    event.id(),
                    call.id(),
                    event.seq(),
                    event.type(),
                    Times3.text(event.occurredAt()),
                    body,
                    call.owner().accountId() + ' ' + call.owner().applicationId());
        }
        var inserted = execute(connection, INSERT_EVENTS, rows);
        return Future.all(
                        inserted,
                        OutboxRows.write(connection, events),
                        RecordingRows.write(connection, events),
                        writeKeys(connection, accepted))
                .map(_ -> committed(events, bodies, inserted.result()));
    }

    /** A row is answered for an event already there, too: the same event again is no new one, and no error. */
    private static final String INSERT_EVENTS = """
            insert into call_events (id, call_id, seq, type, account_id, application_id, occurred_at, body)
            select id, call_id, seq::bigint, type, split_part(owner, ' ', 1), split_part(owner, ' ', 2),
                   at::timestamptz, body
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                 with ordinality as new (id, call_id, seq, type, at, body, owner, ord)
            order by ord
            on conflict (call_id, seq) do update set id = call_events.id
            returning position, id
            """;

    private static List<Committed> committed(
            List<CallEvent> events, Map<String, String> bodies, Iterable<Row> inserted) {
        Map<String, Long> positions = new HashMap<>();
        inserted.forEach(row -> positions.put(row.getString("id"), row.getLong("position")));
        List<Committed> committed = new ArrayList<>(events.size());
        for (CallEvent event : events) {
            Long position = positions.get(event.id());
            if (position == null) {
                throw new IllegalArgumentException(event.call().id() + " has two events with seq " + event.seq());
            }
            committed.add(new Committed(position, event, bodies.getOrDefault(event.id(), "")));
        }
        return committed;
    }

    private static Future<Void> writeKeys(SqlConnection connection, Collection<Write> writes) {
        Columns rows = new Columns(6);
        for (Write write : writes) {
            write.key().ifPresent(key -> rows.add(keyRow(key, write.last())));
        }
        return execute(connection, """
                insert into idempotency (application_id, path, key, request_hash, expires_at, status, body)
                select application_id, path, key, request_hash, expires_at::timestamptz, 201, body
                from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
                     as new (application_id, path, key, request_hash, expires_at, body)
                on conflict (application_id, path, key) do update
                    set status = 201, body = excluded.body, expires_at = excluded.expires_at
                """, rows).mapEmpty();
    }

    private static Object[] keyRow(IdempotencyKey key, CallSnapshot call) {
        return new Object[] {
            key.applicationId(),
            key.path(),
            key.key(),
            key.requestHash(),
            Times3.text(key.expiresAt()),
            CallJson.call(call).encode()
        };
    }

    static Future<Iterable<Row>> execute(SqlConnection connection, String sql, Columns rows) {
        return rows.isEmpty()
                ? Future.succeededFuture(List.of())
                : connection.preparedQuery(sql).execute(rows.tuple()).map(answered -> answered);
    }
}
