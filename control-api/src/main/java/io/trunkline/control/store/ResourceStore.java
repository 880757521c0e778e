package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Configuration of all kinds: made, found by id or name, listed, changed, deleted. */
public final class ResourceStore {
    private final Pool pool;
    private final SealedSecrets secrets;

    public ResourceStore(Pool pool, SealedSecrets secrets) {
        this.pool = pool;
        this.secrets = secrets;
    }

    /** Fails with {@link ResourceConflict} when the name is taken. */
    public Future<Resource> create(ResourceKind kind, Resource fresh) {
        boolean account = kind == ResourceKind.ACCOUNT; // its own account_id is generated
        String sql = "insert into " + kind.table() + " (id, name, doc, secret" + (account ? "" : ", account_id")
                + ") values ($1, $2, $3, $4" + (account ? "" : ", $5") + ") returning *";
        Tuple values = Tuple.of(fresh.id(), fresh.name(), fresh.doc(), secrets.seal(kind, fresh.id(), fresh.secret()));
        if (!account) {
            values.addString(fresh.accountId().orElse(null));
        }
        return pool.preparedQuery(sql)
                .execute(values)
                .map(rows -> only(kind, rows))
                .recover(failure -> Future.failedFuture(explained(failure, fresh.name())));
    }

    /**
     * By id or name, as an account sees it: its own, and those that serve all.
     *
     * @param accountId empty: whosever it is
     */
    public Future<Optional<Resource>> find(ResourceKind kind, String reference, Optional<String> accountId) {
        String sql = "select * from " + kind.table() + " where (id = $1 or name = $1) and " + visible(kind, 2)
                + " order by (id = $1) desc, account_id nulls last limit 1";
        return pool.preparedQuery(sql)
                .execute(Tuple.of(reference, accountId.orElse(null)))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(only(kind, rows)));
    }

    /** The account's line whose number this is: its oldest, where several share it. */
    public Future<Optional<Resource>> lineOf(String number, Optional<String> accountId) {
        String sql = "select * from lines where doc ->> 'number' = $1 and account_id is not distinct from $2"
                + " order by id limit 1";
        return pool.preparedQuery(sql)
                .execute(Tuple.of(number, accountId.orElse(null)))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(only(ResourceKind.LINE, rows)));
    }

    public Future<List<Resource>> list(ResourceKind kind, Optional<String> accountId, Page.Window window) {
        Where where = new Where().after(window);
        accountId.ifPresent(account ->
                where.and(kind.shared() ? "(account_id = ? or account_id is null)" : "account_id = ?", account));
        String sql = "select * from " + kind.table() + " where " + where.sql() + " order by id desc limit "
                + (window.limit() + 1);
        return pool.preparedQuery(sql).execute(where.parameters()).map(rows -> all(kind, rows));
    }

    /** All of a kind, the oldest first: for what is kept in memory. */
    public Future<List<Resource>> all(ResourceKind kind) {
        return pool.query("select * from " + kind.table() + " order by id")
                .execute()
                .map(rows -> all(kind, rows));
    }

    /** Fails with {@link ResourceConflict} when somebody changed it meanwhile. */
    public Future<Resource> update(ResourceKind kind, Resource changed) {
        String sql = "update " + kind.table() + " set name = $2, doc = $3, secret = $4, version = version + 1"
                + " where id = $1 and version = $5 returning *";
        return pool.preparedQuery(sql)
                .execute(Tuple.of(
                        changed.id(),
                        changed.name(),
                        changed.doc(),
                        secrets.seal(kind, changed.id(), changed.secret()),
                        changed.version()))
                .recover(failure -> Future.failedFuture(explained(failure, changed.name())))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new ResourceConflict("It was changed meanwhile: read it again.");
                    }
                    return only(kind, rows);
                });
    }

    /** Fails with {@link ResourceConflict} while something still refers to it. */
    public Future<Void> delete(ResourceKind kind, String id) {
        return pool.preparedQuery("delete from " + kind.table() + " where id = $1")
                .execute(Tuple.of(id))
                .recover(failure -> Future.failedFuture(explained(failure, id)))
                .mapEmpty();
    }

    /** Puts all of these in the place of those that have their names, in one transaction. */
    public Future<Void> replaceAll(ResourceKind kind, List<Resource> fresh) {
        Columns rows = new Columns(4);
        fresh.forEach(one -> rows.add(
                one.id(), one.accountId().orElse(null), one.name(), one.doc().encode()));
        String sql = "insert into " + kind.table() + " (id, account_id, name, doc)"
                + " select distinct on (account_id, name) id, account_id, name, doc::jsonb"
                + " from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as new (id, account_id, name, doc)"
                + " on conflict (account_id, name) do update set doc = excluded.doc, version = "
                + kind.table() + ".version + 1";
        return pool.preparedQuery(sql).execute(rows.tuple()).mapEmpty();
    }

    private static String visible(ResourceKind kind, int parameter) {
        String own = "$%1$d::text is null or account_id = $%1$d".formatted(parameter);
        return "(" + own + (kind.shared() ? " or account_id is null)" : ")");
    }

    private static Throwable explained(Throwable failure, String name) {
        if (PgFailures.isDuplicate(failure)) {
            return new ResourceConflict("\"" + name + "\" exists already.");
        }
        return PgFailures.isMissingReference(failure)
                ? new ResourceConflict("Something still refers to it, or it refers to something that is gone.")
                : failure;
    }

    private Resource only(ResourceKind kind, RowSet<Row> rows) {
        return resource(kind, rows.iterator().next());
    }

    private List<Resource> all(ResourceKind kind, RowSet<Row> rows) {
        List<Resource> list = new ArrayList<>();
        rows.forEach(row -> list.add(resource(kind, row)));
        return list;
    }

    private Resource resource(ResourceKind kind, Row row) {
        String id = row.getString("id");
        return new Resource(
                id,
                Optional.ofNullable(row.getString("account_id")),
                row.getString("name"),
                row.getJsonObject("doc"),
                secrets.open(kind, id, row.getJsonObject("secret")),
                row.getLong("version"),
                String.valueOf(Times3.text(row.getOffsetDateTime("created_at"))));
    }

    /** A new one, not yet stored. */
    public static Resource fresh(
            String id, Optional<String> accountId, String name, JsonObject doc, JsonObject secret) {
        return new Resource(id, accountId, name, doc, secret, 1, "");
    }
}
