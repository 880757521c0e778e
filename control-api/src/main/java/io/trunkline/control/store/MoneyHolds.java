package io.trunkline.control.store;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallRefused;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;

/** Takes money from balances within the transaction that stores the calls it is held for. */
@FunctionalInterface
public interface MoneyHolds {
    /** Nothing is taken: for installations without books. */
    MoneyHolds NONE = (connection, holds) -> Future.succeededFuture(Map.of());

    /**
     * Holds, and answers for the calls that are refused it and why; those are then not stored. It may come twice with
     * the same holds (a commit whose answer was lost): the second time changes nothing.
     */
    Future<Map<String, CallRefused>> hold(SqlConnection connection, List<Admission.Hold> holds);
}
