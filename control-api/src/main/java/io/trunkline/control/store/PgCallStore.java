package io.trunkline.control.store;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStore;
import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls and their logs in PostgreSQL. Writes of many calls share a commit through {@link GroupCommit}. */
public final class PgCallStore implements CallStore {
    private static final String UNFINISHED = """
            with owed as (
                update calls set node = $2, epoch = $3
                where node = $1 and (ended_at is null or exists (
                    select 1 from recordings
                    where call_id = calls.id and status in ('recording', 'paused') and deleted_at is null))
                returning id, snapshot, callback, last_seq, dialog)
            select owed.*, array(
                select id from recordings where call_id = owed.id and status not in ('recording', 'paused')) as told
            from owed
            """;

    /** A new call that storage cannot take for so long is refused; those that are up wait for as long as it takes. */
    private static final Duration CREATE_PATIENCE = Duration.ofSeconds(2);

    private final Pool pool;
    private final NodeEpoch self;
    private final GroupCommit writer;

    /** @param journal the folder that keeps events while PostgreSQL is away */
    public PgCallStore(
            Vertx vertx, Pool pool, NodeEpoch self, MoneyHolds holds, CommitListener listener, Path journal) {
        this(vertx, pool, self, holds, listener, CREATE_PATIENCE, journal);
    }

    PgCallStore(
            Vertx vertx,
            Pool pool,
            NodeEpoch self,
            MoneyHolds holds,
            CommitListener listener,
            Duration createPatience,
            Path journal) {
        this.pool = pool;
        this.self = self;
        this.writer = new GroupCommit(
                vertx, new EventBatch(pool, self, holds), listener, createPatience, EventJournal.open(journal));
    }

    @Override
    public CompletionStage<Void> create(
            CallEvent created, Optional<Admission.Hold> hold, Optional<IdempotencyKey> key) {
        return writer.create(created, hold, key);
    }

    @Override
    public CompletionStage<Void> append(List<CallEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return writer.append(List.copyOf(events));
    }

    /** Events waiting for a commit: for metrics and for shedding new calls. */
    public int backlog() {
        return writer.backlog();
    }

    @Override
    public void saveDialog(String callId, String snapshot) {
        writer.saveDialog(callId, snapshot);
    }

    @Override
    public CompletionStage<Void> saveTrace(String callId, List<TraceEntry> trace) {
        return new TraceRows(pool).keep(callId, trace).toCompletionStage();
    }

    @Override
    public CompletionStage<Optional<CallSnapshot>> find(String callId) {
        return pool.preparedQuery("select snapshot, callback from calls where id = $1")
                .execute(Tuple.of(callId))
                .map(rows -> rows.size() == 0
                        ? Optional.<CallSnapshot>empty()
                        : Optional.of(snapshot(rows.iterator().next())))
                .toCompletionStage();
    }

    /** PostgreSQL does not answer: events go to the journal, new calls are refused. */
    public boolean isAway() {
        return writer.isAway();
    }

    /** What waits in the journal. */
    public long journaledBytes() {
        return writer.journaledBytes();
    }

    /** Also makes this process their owner, who then stores what an earlier one kept in the journal. */
    @Override
    public CompletionStage<List<Orphan>> unfinished(String node) {
        if (!node.equals(self.node())) {
            return adopt(node).toCompletionStage(); // its journal is on its own disk
        }
        return adopt(node)
                .compose(_ -> writer.replay())
                .compose(_ -> adopt(node))
                .toCompletionStage();
    }

    /** Whoever wrote them before is fenced off. */
    private Future<List<Orphan>> adopt(String node) {
        return pool.preparedQuery(UNFINISHED)
                .execute(Tuple.of(node, self.node(), self.epoch()))
                .map(rows -> {
                    List<Orphan> orphans = new ArrayList<>();
                    rows.forEach(row -> orphans.add(orphan(row)));
                    return List.copyOf(orphans);
                });
    }

    private static Orphan orphan(Row row) {
        return new Orphan(
                snapshot(row),
                row.getLong("last_seq"),
                Optional.ofNullable(row.getString("dialog")),
                Set.of(row.getArrayOfStrings("told")));
    }

    private static CallSnapshot snapshot(Row row) {
        return CallJsonReader.call(
                new JsonObject(row.getString("snapshot")), new JsonObject(row.getString("callback")));
    }
}
