package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;

/** Which recordings wait to be stored or purged, and which have been kept long enough. */
public final class RecordingArchive {
    private static final String TO_STORE = """
            select id from recordings
            where status = 'completed' and stored_at is null and deleted_at is null and id > $1
            order by id limit $2
            """;
    private static final String TO_PURGE = """
            select id from recordings where deleted_at is not null and purged_at is null and id > $1 order by id limit $2
            """;

    /** Too old, or beyond what the account may keep counted from its newest. Nothing that runs or is held. */
    private static final String EXPIRE = """
            with kept as (
                select r.id, r.created_at, r.legal_hold, r.status,
                       (a.doc->'retention'->>'recordings_days')::int as days,
                       (a.doc->'retention'->>'recordings_megabytes')::bigint * 1000000 as most,
                       sum(coalesce((r.doc->>'size')::bigint, 0))
                           over (partition by r.account_id order by r.created_at desc, r.id desc) as bytes
                from recordings r join accounts a on a.id = r.account_id
                where r.deleted_at is null and a.doc ? 'retention'
            )
            update recordings set deleted_at = now(), status = 'deleted'
            from kept
            where recordings.id = kept.id and not kept.legal_hold and kept.status not in ('recording', 'paused')
              and (kept.created_at < now() - make_interval(days => kept.days) or kept.bytes > kept.most)
            """;

    private final Pool pool;

    public RecordingArchive(Pool pool) {
        this.pool = pool;
    }

    /** Ids in order, of those after {@code after}. */
    public Future<List<String>> toStore(String after, int most) {
        return ids(TO_STORE, after, most);
    }

    public Future<List<String>> toPurge(String after, int most) {
        return ids(TO_PURGE, after, most);
    }

    private Future<List<String>> ids(String sql, String after, int most) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(after, most))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("id"))
                        .toList());
    }

    public Future<Void> stored(String id) {
        return mark("update recordings set stored_at = now() where id = $1", id);
    }

    public Future<Void> purged(String id) {
        return mark("update recordings set purged_at = now() where id = $1", id);
    }

    private Future<Void> mark(String sql, String id) {
        return pool.preparedQuery(sql).execute(Tuple.of(id)).mapEmpty();
    }

    /** Deletes, by each account's retention, what has been kept long enough; returns how many. */
    public Future<Integer> expire() {
        Future<RowSet<Row>> done = pool.query(EXPIRE).execute();
        return done.map(RowSet::rowCount);
    }
}
