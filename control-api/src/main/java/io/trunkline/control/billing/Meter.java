package io.trunkline.control.billing;

import io.trunkline.control.call.Admission.Hold;
import io.trunkline.control.call.Admission.Payer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Follows the money of calls while they talk: holds more before what is held runs out, writes checkpoints, warns and
 * ends a call that nothing pays for. Owned by one Vert.x context; others enter by methods that enqueue.
 */
final class Meter {
    static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(5);

    private final Books books;
    private final Executor owner;
    private final Map<String, Hold> granted = new HashMap<>();
    private final Map<String, MeteredCall> running = new HashMap<>();
    private final Outage extensions = new Outage("holding more money for calls that go on");
    private final Outage checkpoints = new Outage("writing checkpoints of calls");
    private boolean extending;
    private boolean checkpointing;
    private boolean written;
    private long lastCheckpoint;

    Meter(Books books, Executor owner) {
        this.books = books;
        this.owner = owner;
    }

    void granted(Hold hold) {
        owner.execute(() -> granted.put(hold.callId(), hold));
    }

    /** A call without a hold, such as one that came in before an upgrade, is not metered. */
    void answered(String callId, long answeredNanos, Payer payer) {
        owner.execute(() -> {
            Hold hold = granted.get(callId);
            if (hold != null) {
                running.put(callId, new MeteredCall(hold, answeredNanos, payer));
            }
        });
    }

    void over(String callId) {
        owner.execute(() -> {
            granted.remove(callId);
            running.remove(callId);
        });
    }

    /** Once a second, on the owner's thread. */
    void tick(long now) {
        extend(now);
        if (!checkpointing && (!written || now - lastCheckpoint >= CHECKPOINT_EVERY.toNanos())) {
            checkpoint(now);
        }
        running.values().forEach(call -> call.endIfUnpaid(now));
    }

    private void extend(long now) {
        running.values().forEach(call -> call.extendForFree(now));
        List<MeteredCall> needy =
                running.values().stream().filter(call -> call.needsMore(now)).toList();
        if (extending || needy.isEmpty()) {
            return;
        }
        extending = true;
        books.extend(needy.stream().map(MeteredCall::extension).toList()).onComplete(answer -> {
            extending = false;
            extensions.after(answer);
            for (int i = 0; answer.succeeded() && i < needy.size(); i++) {
                needy.get(i).extended(answer.result().get(i), now);
            }
        });
    }

    private void checkpoint(long now) {
        written = true;
        lastCheckpoint = now;
        List<Books.Checkpoint> calls = new ArrayList<>(running.size());
        running.forEach((callId, call) -> calls.add(new Books.Checkpoint(callId, call.talked(now))));
        if (calls.isEmpty()) {
            return;
        }
        checkpointing = true;
        books.checkpoint(calls).onComplete(answer -> {
            checkpointing = false;
            checkpoints.after(answer);
        });
    }
}
