package io.trunkline.control.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** What people say answered a call: the truth that detection is measured against. */
public final class Labels {
    private final Pool pool;

    public Labels(Pool pool) {
        this.pool = pool;
    }

    public Future<Void> put(String callId, String accountId, String label, Optional<String> note) {
        return pool.preparedQuery("""
                        insert into amd_labels (call_id, account_id, label, note) values ($1, $2, $3, $4)
                        on conflict (call_id) do update set label = excluded.label, note = excluded.note,
                            created_at = now()
                        """)
                .execute(Tuple.of(callId, accountId, label, note.orElse(null)))
                .mapEmpty();
    }
}
