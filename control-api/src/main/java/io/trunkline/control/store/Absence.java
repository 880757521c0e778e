package io.trunkline.control.store;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does while PostgreSQL is away: events go to the journal, which makes them durable, and from there into
 * storage in their order as soon as it is back. Lives on the loop of {@link GroupCommit}.
 */
final class Absence {
    private static final Logger LOG = LoggerFactory.getLogger(Absence.class);
    private static final int GROUP = 500;
    private static final long RETRY_MILLIS = 200;

    private final Vertx vertx;
    private final EventJournal journal;
    private final EventBatch batch;
    private final CommitListener listener;
    private int writing;
    private boolean replaying;
    private Promise<Void> back = Promise.promise();

    Absence(Vertx vertx, EventJournal journal, EventBatch batch, CommitListener listener) {
        this.vertx = vertx;
        this.journal = journal;
        this.batch = batch;
        this.listener = listener;
    }

    /** Completes when storage is back and holds all that the journal held. */
    Future<Void> awaitBack() {
        if (!replaying) {
            replaying = true;
            back = Promise.promise();
            replay();
        }
        return back.future();
    }

    boolean isClean() {
        return journal.isEmpty();
    }

    long journaledBytes() {
        return journal.waitingBytes();
    }

    /** Makes these durable here; completes in the order of calls. */
    Future<Void> keep(List<Write> writes) {
        Buffer lines = Buffer.buffer();
        writes.forEach(write -> write.events().forEach(event -> lines.appendBuffer(JournalLine.write(event))));
        writing++;
        return vertx.executeBlocking(() -> {
                    journal.append(lines);
                    return (Void) null;
                })
                .onComplete(kept -> {
                    writing--;
                    for (Write write : writes) {
                        if (kept.succeeded()) {
                            write.done().complete(null);
                        } else {
                            write.done()
                                    .completeExceptionally(
                                            StorageUnavailable.because("neither PostgreSQL nor the journal takes it"));
                        }
                    }
                    kept.otherwise(failure -> {
                        LOG.error("events are lost: the journal cannot be written", failure);
                        return null;
                    });
                });
    }

    private void replay() {
        vertx.executeBlocking(() -> journal.peek(GROUP)).onComplete(read -> {
            if (read.failed()) {
                LOG.error("the journal cannot be read", read.cause());
                later();
            } else if (read.result().isEmpty()) {
                probe();
            } else {
                store(read.result());
            }
        });
    }

    private void probe() {
        batch.probe().onComplete(answer -> {
            if (answer.failed()) {
                later();
            } else if (writing > 0 || !journal.isEmpty()) {
                replay();
            } else {
                replaying = false;
                back.complete();
            }
        });
    }

    private void store(List<CallEvent> events) {
        List<Write> writes = events.stream().map(Absence::write).toList();
        batch.commit(writes).onComplete(outcome -> {
            if (outcome.succeeded()) {
                tell(outcome.result());
                taken();
            } else if (PgFailures.isTransient(outcome.cause())) {
                later();
            } else {
                LOG.warn(
                        "a batch of the journal is stored one by one: {}",
                        outcome.cause().toString());
                storeAlone(writes, 0);
            }
        });
    }

    private void storeAlone(List<Write> writes, int index) {
        if (index == writes.size()) {
            taken();
            return;
        }
        batch.commit(List.of(writes.get(index))).onComplete(outcome -> {
            if (outcome.failed() && PgFailures.isTransient(outcome.cause())) {
                later();
                return;
            }
            if (outcome.succeeded()) {
                tell(outcome.result());
            } else {
                LOG.error(
                        "a journaled event of {} cannot be stored",
                        writes.get(index).callId(),
                        outcome.cause());
            }
            storeAlone(writes, index + 1);
        });
    }

    private void tell(EventBatch.Outcome outcome) {
        listener.onCommitted(outcome.committed());
        if (!outcome.refused().isEmpty()) {
            LOG.warn(
                    "journaled events of {} calls are stored already, or not ours to store",
                    outcome.refused().size());
        }
    }

    private void taken() {
        vertx.executeBlocking(() -> {
                    journal.taken();
                    return (Void) null;
                })
                .onComplete(_ -> replay());
    }

    private void later() {
        vertx.setTimer(RETRY_MILLIS, _ -> replay());
    }

    private static Write write(CallEvent event) {
        Optional<Admission.Hold> nothing = Optional.empty();
        return new Write(
                List.of(event), false, nothing, Optional.empty(), System.nanoTime(), new CompletableFuture<>());
    }
}
