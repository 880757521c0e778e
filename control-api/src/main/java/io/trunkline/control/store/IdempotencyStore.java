package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * Answers kept under the client's keys for a day. A key is claimed before the work begins and holds the answer when it
 * is done; a claim whose process is gone, or that is five minutes old, is free again.
 */
public final class IdempotencyStore {
    private final Pool pool;
    private final NodeEpoch self;

    public IdempotencyStore(Pool pool, NodeEpoch self) {
        this.pool = pool;
        this.self = self;
    }

    public record Key(String owner, String path, String key, String requestHash) {}

    public record Kept(String requestHash, Optional<Integer> status, JsonObject headers, String body) {
        /** The first request is still at work. */
        public boolean running() {
            return status.isEmpty();
        }
    }

    /** Empty: the key is ours now. Else what is there. */
    public Future<Optional<Kept>> claim(Key key) {
        return pool.preparedQuery("""
                        insert into idempotency (application_id, path, key, request_hash, node, epoch, expires_at)
                        values ($1, $2, $3, $4, $5, $6, now() + interval '5 minutes')
                        on conflict (application_id, path, key) do update set
                            request_hash = excluded.request_hash, node = excluded.node, epoch = excluded.epoch,
                            expires_at = excluded.expires_at, status = null, headers = null, body = null
                        where idempotency.expires_at < now() or (idempotency.status is null and exists (
                            select 1 from nodes n where n.name = idempotency.node and n.epoch > idempotency.epoch))
                        returning key
                        """)
                .execute(Tuple.of(key.owner(), key.path(), key.key(), key.requestHash(), self.node(), self.epoch()))
                .compose(rows -> rows.size() > 0 ? Future.succeededFuture(Optional.empty()) : find(key));
    }

    private Future<Optional<Kept>> find(Key key) {
        return pool.preparedQuery("select * from idempotency where application_id = $1 and path = $2 and key = $3")
                .execute(Tuple.of(key.owner(), key.path(), key.key()))
                .compose(rows -> rows.size() == 0
                        ? claim(key)
                        : Future.succeededFuture(
                                Optional.of(kept(rows.iterator().next()))));
    }

    public Future<Void> keep(Key key, int status, JsonObject headers, String body) {
        return pool.preparedQuery("""
                        update idempotency set status = $4, headers = $5, body = $6,
                            expires_at = now() + interval '24 hours'
                        where application_id = $1 and path = $2 and key = $3
                        """)
                .execute(Tuple.of(key.owner(), key.path(), key.key(), status, headers, body))
                .mapEmpty();
    }

    public Future<Void> forget(Key key) {
        return pool.preparedQuery("delete from idempotency where application_id = $1 and path = $2 and key = $3")
                .execute(Tuple.of(key.owner(), key.path(), key.key()))
                .mapEmpty();
    }

    public Future<Integer> purge() {
        return pool.query("delete from idempotency where expires_at < now()")
                .execute()
                .map(rows -> rows.rowCount());
    }

    private static Kept kept(Row row) {
        JsonObject headers = row.getJsonObject("headers");
        String body = row.getString("body");
        return new Kept(
                row.getString("request_hash"),
                Optional.ofNullable(row.getInteger("status")),
                headers == null ? new JsonObject() : headers,
                body == null ? "" : body);
    }
}
