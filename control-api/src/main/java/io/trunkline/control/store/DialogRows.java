package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest snapshot of each call's dialog until it is written, with the next commit of events: at most one a call,
 * so it is as bounded as the calls are. Filled from any thread, emptied by the writer's event loop.
 */
final class DialogRows {
    private static final String UPDATE = """
            update calls c set dialog = new.dialog
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as new (id, dialog, node, epoch)
            where c.id = new.id and c.node = new.node and c.epoch = new.epoch::bigint
            """;

    private final Map<String, String> waiting = new ConcurrentHashMap<>();

    void put(String callId, String snapshot) {
        waiting.put(callId, snapshot);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Map<String, String> take() {
        Map<String, String> taken = new HashMap<>();
        for (String callId : List.copyOf(waiting.keySet())) {
            String snapshot = waiting.remove(callId);
            if (snapshot != null) {
                taken.put(callId, snapshot);
            }
        }
        return taken;
    }

    /** Not written after all; one that came meanwhile is newer. */
    void putBack(Map<String, String> taken) {
        taken.forEach(waiting::putIfAbsent);
    }

    static Future<Void> write(SqlConnection connection, Map<String, String> dialogs, NodeEpoch self) {
        Columns rows = new Columns(4);
        dialogs.forEach((callId, snapshot) -> rows.add(callId, snapshot, self.node(), self.epoch()));
        return EventBatch.execute(connection, UPDATE, rows).mapEmpty();
    }
}
