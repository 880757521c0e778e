package io.trunkline.control.billing;

import io.trunkline.control.billing.Books.Settlement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Ended calls on their way into the ledger, many in one transaction; kept and tried again while the database is away.
 * Bounded: what does not fit is left to the sweep, which finds every hold whose call has ended. Owned by one Vert.x
 * context.
 */
final class Settlements {
    private static final int BATCH = 500;

    private final Books books;
    private final Executor owner;
    private final int capacity;
    private final Map<String, Settlement> pending = new LinkedHashMap<>();
    private final Outage outage = new Outage("settling ended calls");
    private volatile int waiting;
    private boolean writing;

    Settlements(Books books, Executor owner, int capacity) {
        this.books = books;
        this.owner = owner;
        this.capacity = capacity;
    }

    void add(Settlement call) {
        owner.execute(() -> {
            if (pending.size() < capacity) {
                pending.put(call.callId(), call);
                waiting = pending.size();
                write();
            }
        });
    }

    /** Ended calls that are not in the ledger yet. */
    int waiting() {
        return waiting;
    }

    /** Once a second, on the owner's thread: tries again what failed. */
    void tick() {
        write();
    }

    private void write() {
        if (writing || pending.isEmpty()) {
            return;
        }
        writing = true;
        List<Settlement> batch = pending.values().stream().limit(BATCH).toList();
        books.settle(batch).onComplete(answer -> {
            writing = false;
            outage.after(answer);
            if (answer.failed()) {
                return;
            }
            batch.forEach(call -> pending.remove(call.callId()));
            waiting = pending.size();
            write();
        });
    }
}
