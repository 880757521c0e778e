package io.trunkline.control.billing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Calls that wait for their limits, by arrival. Bounded: when it is full, or one account has taken its share of it, a
 * call is refused as if it had not offered to wait. One that cannot go yet never holds up another that can.
 */
final class CallQueue {
    private final int capacity;
    private final int accountShare;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> byAccount = new HashMap<>();

    CallQueue(int capacity, int accountShare) {
        this.capacity = capacity;
        this.accountShare = accountShare;
    }

    record Waiting(Place place, long sinceNanos, long untilNanos, CompletableFuture<Void> turn) {}

    boolean offer(Waiting call) {
        String account = call.place().accountId();
        if (waiting.size() >= capacity || byAccount.getOrDefault(account, 0) >= accountShare) {
            return false;
        }
        byAccount.merge(account, 1, Integer::sum);
        waiting.put(call.place().callId(), call);
        return true;
    }

    /** Takes out those that {@code mayGo}, which is asked in the order of arrival. */
    List<Waiting> release(Predicate<Place> mayGo) {
        return takeOut(call -> mayGo.test(call.place()));
    }

    List<Waiting> expire(long nowNanos) {
        return takeOut(call -> nowNanos - call.untilNanos() >= 0);
    }

    Optional<Waiting> remove(String callId) {
        Optional<Waiting> gone = Optional.ofNullable(waiting.remove(callId));
        gone.ifPresent(this::leave);
        return gone;
    }

    int length() {
        return waiting.size();
    }

    private List<Waiting> takeOut(Predicate<Waiting> which) {
        List<Waiting> taken = new ArrayList<>();
        for (Iterator<Waiting> each = waiting.values().iterator(); each.hasNext(); ) {
            Waiting call = each.next();
            if (which.test(call)) {
                each.remove();
                leave(call);
                taken.add(call);
            }
        }
        return taken;
    }

    private void leave(Waiting call) {
        byAccount.computeIfPresent(call.place().accountId(), (_, count) -> count == 1 ? null : count - 1);
    }
}
