package io.trunkline.control.store;

import io.trunkline.control.call.CallRefused;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines that carry one call at a time, whatever node it is on. Asked inside the commit, whose lock makes all nodes take
 * turns, so that two calls never both find a line free; the unique index on it is the last resort.
 */
final class ExclusiveLines {
    private ExclusiveLines() {}

    /** New calls whose line carries another, with the refusal that names it. */
    static Future<Map<String, CallRefused>> taken(SqlConnection connection, List<Write> group) {
        List<Write> wanting = group.stream()
                .filter(write -> write.creates() && write.exclusiveLine().isPresent())
                .toList();
        if (wanting.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        String[] lines = wanting.stream()
                .map(write -> write.exclusiveLine().orElseThrow())
                .toArray(String[]::new);
        return connection
                .preparedQuery(
                        "select exclusive_line, id from calls where exclusive_line = any($1) and ended_at is null")
                .execute(Tuple.tuple().addArrayOfString(lines))
                .map(rows -> {
                    Map<String, String> carrying = new HashMap<>();
                    rows.forEach(row -> carrying.put(row.getString("exclusive_line"), row.getString("id")));
                    return refusals(wanting, carrying);
                });
    }

    /** The first of a group to ask takes a line; a call that is written again keeps its own. */
    private static Map<String, CallRefused> refusals(List<Write> wanting, Map<String, String> carrying) {
        Map<String, CallRefused> refused = new HashMap<>();
        for (Write write : wanting) {
            String carried = carrying.putIfAbsent(write.exclusiveLine().orElseThrow(), write.callId());
            if (carried != null && !carried.equals(write.callId())) {
                refused.put(write.callId(), CallRefused.lineTaken(carried));
            }
        }
        return refused;
    }
}
