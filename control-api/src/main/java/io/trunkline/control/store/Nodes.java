package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of nodes: who is alive, who is not, and who owns what. Time is the database's own. */
public final class Nodes {
    /** Unheard of for so long is dead: its calls are ended well within 30 s. */
    private static final String PATIENCE = "interval '12 seconds'";

    private final Pool pool;
    private final NodeEpoch self;

    public Nodes(Pool pool, NodeEpoch self) {
        this.pool = pool;
        this.self = self;
    }

    /** Says where this node is reached by the others. */
    public Future<Void> announce(URI url) {
        return pool.preparedQuery("update nodes set url = $2, seen_at = clock_timestamp() where name = $1")
                .execute(Tuple.of(self.node(), url.toString()))
                .mapEmpty();
    }

    /** False when another node has taken this one's place. */
    public Future<Boolean> beat() {
        return pool.preparedQuery("update nodes set seen_at = clock_timestamp() where name = $1 and epoch = $2")
                .execute(Tuple.of(self.node(), self.epoch()))
                .map(rows -> rows.rowCount() == 1);
    }

    public Future<Integer> alive() {
        return pool.query(
                        "select count(*)::int as n from nodes where url is not null and seen_at > clock_timestamp() - "
                                + PATIENCE)
                .execute()
                .map(rows -> Math.max(1, rows.iterator().next().getInteger("n")));
    }

    /** Dead nodes with calls that have no end: each is claimed by one node alone, and can write no more itself. */
    public Future<List<String>> claimDead() {
        return pool.preparedQuery(
                        "update nodes n set epoch = epoch + 1 where name <> $1 and seen_at < clock_timestamp() - "
                                + PATIENCE
                                + " and exists (select from calls c where c.node = n.name and c.ended_at is null) returning name")
                .execute(Tuple.of(self.node()))
                .map(Nodes::names);
    }

    private static List<String> names(RowSet<Row> rows) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.getString("name")));
        return names;
    }

    /** Where a live call's owner is reached, when that is another node. */
    public Future<Optional<URI>> ownerOfCall(String callId) {
        return owner(
                "select n.url from calls c join nodes n on n.name = c.node where c.id = $1 and c.ended_at is null",
                callId);
    }

    /** Where what happened on a call is kept in memory, live or ended. */
    public Future<Optional<URI>> keeperOfCall(String callId) {
        return owner("select n.url from calls c join nodes n on n.name = c.node where c.id = $1", callId);
    }

    /** Where a recording's file lies. */
    public Future<Optional<URI>> keeperOfRecording(String recordingId) {
        return owner(
                "select n.url from recordings r join calls c on c.id = r.call_id join nodes n on n.name = c.node"
                        + " where r.id = $1",
                recordingId);
    }

    private Future<Optional<URI>> owner(String sql, String id) {
        return pool.preparedQuery(
                        sql + " and n.name <> $2 and n.url is not null and n.seen_at > clock_timestamp() - " + PATIENCE)
                .execute(Tuple.of(id, self.node()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(URI.create(rows.iterator().next().getString("url"))));
    }
}
