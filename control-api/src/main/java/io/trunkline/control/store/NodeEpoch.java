package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * A node's licence to write: its name and a number that grows at every start, so that a process thought dead writes
 * nothing after its successor took over.
 */
public record NodeEpoch(String node, long epoch) {

    public static Future<NodeEpoch> claim(Pool pool, String node) {
        return pool.preparedQuery("""
                        insert into nodes (name, epoch) values ($1, 1)
                        on conflict (name) do update set epoch = nodes.epoch + 1, started_at = now()
                        returning epoch
                        """)
                .execute(Tuple.of(node))
                .map(rows -> new NodeEpoch(node, rows.iterator().next().getLong("epoch")));
    }
}
