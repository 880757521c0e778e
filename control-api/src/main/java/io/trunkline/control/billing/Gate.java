package io.trunkline.control.billing;

import io.trunkline.control.billing.Place.Scope;
import io.trunkline.control.call.CallRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls a second and calls at once, counted for this node, with the queue in front of them. Entered by every event
 * loop, so each method holds the one lock for the length of a few look-ups; turns are completed outside of it.
 */
final class Gate {
    private static final Duration UNKNOWN_WAIT = Duration.ofSeconds(5);
    private static final int PRUNE_AT = 10_000;

    private final CallQueue queue;
    private final LongConsumer waitedNanos;
    private final Map<String, Occupancy> occupied = new HashMap<>();
    private final Map<String, Inside> inside = new HashMap<>();
    private final Map<String, String> exclusive = new HashMap<>();

    Gate(CallQueue queue, LongConsumer waitedNanos) {
        this.queue = queue;
        this.waitedNanos = waitedNanos;
    }

    sealed interface Outcome {}

    /** @param turn completes when the call may be dialled, or fails when it has waited in vain */
    record Entered(CompletionStage<Void> turn, Optional<String> trunk) implements Outcome {}

    record LineTaken(String callId) implements Outcome {}

    record Full(CallRefused refusal) implements Outcome {}

    /** A call that has its channels. */
    private record Inside(Place place, Optional<Scope> trunk, long enteredNanos, long trunkNanos) {}

    /** Those who wait already go first, where there is room for them. */
    Outcome enter(Place place, Duration mayWait, long now) {
        tick(now);
        return enterOrWait(place, mayWait, now);
    }

    private synchronized Outcome enterOrWait(Place place, Duration mayWait, long now) {
        String other = place.exclusiveLine().map(exclusive::get).orElse(null);
        if (other != null) {
            return new LineTaken(other);
        }
        if (hasRoom(place, now)) {
            Optional<String> trunk = take(place, now);
            return new Entered(CompletableFuture.completedFuture(null), trunk);
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        CallQueue.Waiting waiting = new CallQueue.Waiting(place, now, now + mayWait.toNanos(), turn);
        if (mayWait.isPositive() && queue.offer(waiting)) {
            place.exclusiveLine().ifPresent(line -> exclusive.put(line, place.callId()));
            return new Entered(turn, Optional.empty());
        }
        return new Full(refusal(place, now));
    }

    private boolean hasRoom(Place place, long now) {
        return place.scopes().stream().allMatch(scope -> hasRoom(scope, now))
                && (place.trunks().isEmpty() || freeTrunk(place, now).isPresent());
    }

    private boolean hasRoom(Scope scope, long now) {
        Occupancy here = occupied.get(scope.key());
        return here == null
                ? scope.limit().concurrent().orElse(1) > 0
                        && scope.limit().cps().orElse(1) > 0
                : here.hasChannel(scope.limit()) && here.mayBegin(scope.limit(), now);
    }

    private Optional<Scope> freeTrunk(Place place, long now) {
        return place.trunks().stream().filter(trunk -> hasRoom(trunk, now)).findFirst();
    }

    private Optional<String> take(Place place, long now) {
        Optional<Scope> trunk = freeTrunk(place, now);
        place.scopes().forEach(scope -> enter(scope, now));
        trunk.ifPresent(scope -> enter(scope, now));
        place.exclusiveLine().ifPresent(line -> exclusive.put(line, place.callId()));
        inside.put(place.callId(), new Inside(place, trunk, now, now));
        return trunk.map(Scope::key);
    }

    private void enter(Scope scope, long now) {
        if (occupied.size() >= PRUNE_AT) {
            occupied.values().removeIf(each -> each.isIdle(now));
        }
        occupied.computeIfAbsent(scope.key(), _ -> new Occupancy()).enter(scope.limit(), now);
    }

    /** The next trunk is tried: true when its channel, now this call's, was free or its own already. */
    synchronized boolean moveTo(String callId, Scope trunk, long now) {
        Inside call = inside.get(callId);
        if (call == null
                || call.trunk().map(Scope::key).filter(trunk.key()::equals).isPresent()) {
            return true;
        }
        if (!hasRoom(trunk, now)) {
            return false;
        }
        call.trunk().ifPresent(former -> occupancy(former).leave());
        enter(trunk, now);
        inside.put(callId, new Inside(call.place(), Optional.of(trunk), call.enteredNanos(), now));
        return true;
    }

    /** The call is over, or gave up waiting. */
    void leave(String callId, long now) {
        synchronized (this) {
            Inside call = forget(callId);
            if (call != null) {
                call.place().scopes().forEach(scope -> occupancy(scope).leave());
                call.trunk().ifPresent(trunk -> occupancy(trunk).leave());
            }
        }
        tick(now);
    }

    /** The call was refused after all and never dialled: it does not count towards calls a second. */
    synchronized void undo(String callId) {
        Inside call = forget(callId);
        if (call != null) {
            call.place().scopes().forEach(scope -> occupancy(scope).undo(call.enteredNanos()));
            call.trunk().ifPresent(trunk -> occupancy(trunk).undo(call.trunkNanos()));
        }
    }

    private @Nullable Inside forget(String callId) {
        queue.remove(callId).ifPresent(waiting -> freeLine(waiting.place()));
        Inside call = inside.remove(callId);
        if (call != null) {
            freeLine(call.place());
        }
        return call;
    }

    private void freeLine(Place place) {
        place.exclusiveLine().ifPresent(line -> exclusive.remove(line, place.callId()));
    }

    private Occupancy occupancy(Scope scope) {
        return occupied.computeIfAbsent(scope.key(), _ -> new Occupancy());
    }

    /** Lets in whoever has room now and sends away whoever waited long enough. */
    void tick(long now) {
        List<CallQueue.Waiting> gone = new ArrayList<>();
        List<CallQueue.Waiting> late = new ArrayList<>();
        synchronized (this) {
            gone.addAll(queue.release(place -> {
                boolean room = hasRoom(place, now);
                if (room) {
                    take(place, now);
                }
                return room;
            }));
            late.addAll(queue.expire(now));
            late.forEach(call -> freeLine(call.place()));
        }
        gone.forEach(call -> {
            waitedNanos.accept(now - call.sinceNanos());
            call.turn().complete(null);
        });
        late.forEach(call -> call.turn().completeExceptionally(new TimeoutException("waited in vain")));
    }

    synchronized int waiting() {
        return queue.length();
    }

    /** Calls that have their channels. */
    synchronized int inside() {
        return inside.size();
    }

    /** Calls that have a channel of this trunk, account, application or line. */
    synchronized int active(String key) {
        Occupancy here = occupied.get(key);
        return here == null ? 0 : here.active();
    }

    private CallRefused refusal(Place place, long now) {
        List<Scope> all = new ArrayList<>(place.scopes());
        all.addAll(place.trunks());
        for (Scope scope : all) {
            Occupancy here = occupied.get(scope.key());
            if (here != null && !here.mayBegin(scope.limit(), now)) {
                Duration wait = here.begun().untilRoom(scope.limit().cps().orElseThrow(), now);
                return full("cps_limit_reached", "calls a second of " + scope.key() + " are used up", wait);
            }
        }
        String which = all.stream()
                .filter(scope -> !hasRoom(scope, now))
                .map(Scope::key)
                .findFirst()
                .orElse("the queue before this call");
        return full("concurrent_call_limit_reached", "every channel of " + which + " is taken", UNKNOWN_WAIT);
    }

    private static CallRefused full(String code, String what, Duration wait) {
        String message = "At the limit: " + what + ". Try again later, or set wait to stand in the queue.";
        return new CallRefused(429, code, message, Optional.empty(), Optional.of(wait));
    }
}
