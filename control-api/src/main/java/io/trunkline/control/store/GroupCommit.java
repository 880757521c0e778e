package io.trunkline.control.store;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallStore.IdempotencyKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what every call wants written while a commit runs, and commits it together next: the busier, the larger the
 * group. One commit at a time, so the order of commit is the order of arrival. The queue is bounded: when it is full,
 * a write fails with {@code storage_unavailable}. While the database is away, or does not answer, appended events go
 * to the journal ({@link Absence}); new calls are refused after two seconds.
 *
 * <p>Owned by one event loop, save the queue itself.
 */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int QUEUE = 20_000;
    private static final int GROUP = 500;
    private static final long RETRY_MILLIS = 200;

    private final long createPatienceNanos;
    private final Context loop;
    private final EventBatch batch;
    private final CommitListener listener;
    private final Absence absence;
    private final BlockingQueue<Write> queue = new ArrayBlockingQueue<>(QUEUE);
    private final DialogRows dialogs = new DialogRows();
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Taken from the queue and not yet durable: goes before everything else. Touched on the loop alone. */
    private final ArrayDeque<Write> again = new ArrayDeque<>();

    private boolean committing;
    private List<Write> inFlight = List.of();
    private long inFlightSinceNanos;
    /** A commit that was given up on: the journal has its events, so that its late answer matters no more. */
    private List<Write> abandoned = List.of();

    private volatile boolean away;

    GroupCommit(Vertx vertx, EventBatch batch, CommitListener listener, Duration createPatience, EventJournal journal) {
        this.createPatienceNanos = createPatience.toNanos();
        this.loop = vertx.getOrCreateContext();
        this.batch = batch;
        this.listener = listener;
        this.absence = new Absence(vertx, journal, batch, listener);
        loop.runOnContext(start -> vertx.setPeriodic(RETRY_MILLIS, tick -> onTick()));
    }

    CompletionStage<Void> create(CallEvent created, Optional<Admission.Hold> hold, Optional<IdempotencyKey> key) {
        return enqueue(new Write(List.of(created), true, hold, key, System.nanoTime(), new CompletableFuture<>()));
    }

    CompletionStage<Void> append(List<CallEvent> events) {
        return enqueue(new Write(
                events, false, Optional.empty(), Optional.empty(), System.nanoTime(), new CompletableFuture<>()));
    }

    private CompletionStage<Void> enqueue(Write write) {
        if (queue.offer(write)) {
            wake();
        } else {
            write.done().completeExceptionally(StorageUnavailable.because("too much waits to be written"));
        }
        return write.done();
    }

    /** Goes with the next commit. */
    void saveDialog(String callId, String snapshot) {
        dialogs.put(callId, snapshot);
        wake();
    }

    private void wake() {
        if (busy.compareAndSet(false, true)) {
            loop.runOnContext(start -> next());
        }
    }

    int backlog() {
        return queue.size();
    }

    boolean isAway() {
        return away;
    }

    long journaledBytes() {
        return absence.journaledBytes();
    }

    /** Stores what an earlier run left in the journal, before anything else is written; completes when it has. */
    Future<Void> replay() {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(_ -> {
            if (!absence.isClean()) {
                leave("events of an earlier run are in the journal");
            }
            (away ? absence.awaitBack() : Future.<Void>succeededFuture()).onComplete(done);
        });
        return done.future();
    }

    /** A commit that takes so long means that the database does not answer; a long queue alone does not. */
    private void onTick() {
        if (!away && committing && System.nanoTime() - inFlightSinceNanos > createPatienceNanos) {
            abandoned = inFlight;
            onAway(inFlight, new TimeoutException("no answer"));
        }
        if (away) {
            refuseLate(again);
            refuseLate(queue);
            again.removeIf(GroupCommit::lapsed);
        }
    }

    private void next() {
        if (away) {
            keep();
            return;
        }
        List<Write> group = new ArrayList<>();
        while (group.size() < GROUP && !again.isEmpty()) {
            group.add(again.removeFirst());
        }
        queue.drainTo(group, GROUP - group.size());
        group.removeIf(GroupCommit::lapsed);
        Map<String, String> snapshots = dialogs.take();
        inFlight = group;
        inFlightSinceNanos = System.nanoTime();
        committing = true;
        if (group.isEmpty() && snapshots.isEmpty()) {
            rest();
            return;
        }
        batch.commit(group, snapshots).onComplete(outcome -> {
            if (outcome.succeeded()) {
                onCommitted(group, outcome.result());
            } else {
                onFailed(snapshots, outcome.cause());
                onFailed(group, outcome.cause());
            }
        });
    }

    private void rest() {
        committing = false;
        busy.set(false);
        if (!queue.isEmpty() || (!away && !dialogs.isEmpty())) {
            wake();
        }
    }

    private void onCommitted(List<Write> group, EventBatch.Outcome outcome) {
        List<Write> lapsed = group.stream().filter(GroupCommit::lapsed).toList();
        if (wasAbandoned(group)) {
            abandoned = List.of();
            if (!lapsed.isEmpty()) {
                batch.erase(lapsed).onFailure(left -> LOG.error("refused calls stay in storage", left));
            }
            return;
        }
        if (lapsed.isEmpty()) {
            listener.onCommitted(outcome.committed());
            group.forEach(write -> complete(write, outcome.refused().get(write.callId())));
            next();
        } else {
            takeBack(lapsed, group, outcome);
        }
    }

    /** Their callers were told no while the commit was out: nobody may ever see these calls. */
    private void takeBack(List<Write> lapsed, List<Write> group, EventBatch.Outcome outcome) {
        Set<String> ids = lapsed.stream().map(Write::callId).collect(Collectors.toSet());
        batch.erase(lapsed).onComplete(erased -> {
            if (erased.failed()) {
                LOG.error("refused calls stay in storage: {}", ids, erased.cause());
            }
            listener.onCommitted(outcome.committed().stream()
                    .filter(event -> !ids.contains(event.event().call().id()))
                    .toList());
            group.forEach(write -> complete(write, outcome.refused().get(write.callId())));
            next();
        });
    }

    @SuppressWarnings("ReferenceEquality") // this very group, not one like it
    private boolean wasAbandoned(List<Write> group) {
        return group == abandoned;
    }

    private static boolean lapsed(Write write) {
        return write.creates() && write.done().isCompletedExceptionally();
    }

    private void refuseLate(Collection<Write> writes) {
        long now = System.nanoTime();
        for (Write write : writes) {
            if (write.creates() && now - write.queuedNanos() > createPatienceNanos) {
                write.done().completeExceptionally(StorageUnavailable.because("the database does not answer"));
            }
        }
    }

    private void onFailed(List<Write> group, Throwable why) {
        if (wasAbandoned(group)) {
            abandoned = List.of();
        } else if (PgFailures.isTransient(why)) {
            onAway(group, why);
        } else if (group.size() == 1) {
            LOG.error("{} could not be stored", group.getFirst().callId(), why);
            group.getFirst().done().completeExceptionally(StorageUnavailable.because("it could not be stored"));
            next();
        } else {
            alone(group, 0);
        }
    }

    /** Whatever was wrong, it was probably not with them. */
    private void onFailed(Map<String, String> snapshots, Throwable why) {
        if (PgFailures.isTransient(why)) {
            dialogs.putBack(snapshots);
        } else if (!snapshots.isEmpty()) {
            batch.commit(List.of(), snapshots)
                    .onFailure(lost -> LOG.error("dialogs of {} could not be stored", snapshots.keySet(), lost));
        }
    }

    /** One of the group cannot be stored: each tries by itself so that it alone fails. */
    private void alone(List<Write> group, int index) {
        if (index == group.size()) {
            next();
            return;
        }
        Write write = group.get(index);
        batch.commit(List.of(write)).onComplete(outcome -> {
            if (wasAbandoned(group)) {
                abandoned = List.of();
                return;
            }
            if (outcome.succeeded()) {
                listener.onCommitted(outcome.result().committed());
                complete(write, outcome.result().refused().get(write.callId()));
            } else if (PgFailures.isTransient(outcome.cause())) {
                onAway(group.subList(index, group.size()), outcome.cause());
                return;
            } else {
                LOG.error("{} could not be stored", write.callId(), outcome.cause());
                complete(write, StorageUnavailable.because("it could not be stored"));
            }
            alone(group, index + 1);
        });
    }

    private static void complete(Write write, @Nullable Throwable refused) {
        if (refused == null) {
            write.done().complete(null);
        } else {
            write.done().completeExceptionally(refused);
        }
    }

    /** What was about to be written goes first into the journal, then what waits; new calls wait their short while. */
    private void onAway(List<Write> group, Throwable why) {
        committing = false;
        inFlight = List.of();
        List<Write> waiting = new ArrayList<>(group);
        waiting.addAll(again);
        again.clear();
        leave(why.toString());
        keep(waiting).onComplete(_ -> keep());
    }

    private void leave(String why) {
        if (away) {
            return;
        }
        away = true;
        LOG.warn("storage is away, events go to the journal: {}", why);
        absence.awaitBack().onSuccess(_ -> {
            away = false;
            LOG.info("storage is back, and has all that the journal held");
            if (busy.compareAndSet(false, true)) {
                next();
            }
        });
    }

    /** The queue into the journal, for as long as there is one. */
    private void keep() {
        List<Write> group = new ArrayList<>();
        queue.drainTo(group, GROUP);
        if (!group.isEmpty()) {
            keep(group).onComplete(_ -> next());
            return;
        }
        rest();
    }

    private Future<Void> keep(List<Write> group) {
        group.stream().filter(Write::creates).filter(write -> !lapsed(write)).forEach(again::add);
        List<Write> events = group.stream().filter(write -> !write.creates()).toList();
        return events.isEmpty()
                ? Future.succeededFuture()
                : absence.keep(events).otherwiseEmpty();
    }
}
