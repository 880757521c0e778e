package io.trunkline.control.store;

import static io.trunkline.control.store.TestStorage.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStore;
import io.trunkline.control.call.CallStore.IdempotencyKey;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgCallStoreTest {
    private static final AtomicInteger JOURNALS = new AtomicInteger();
    private static TestStorage storage;
    private static CallSnapshot.Owner owner;

    private final List<Committed> committed = new CopyOnWriteArrayList<>();
    private final PgCallStore store = store(Duration.ofMinutes(1));

    @BeforeAll
    static void start() {
        storage = new TestStorage();
        owner = new CallSnapshot.Owner(storage.idOf("accounts", "default"), storage.idOf("applications", "default"));
    }

    @AfterAll
    static void stop() {
        storage.close();
    }

    @Test
    void givesBackTheCallThatWasStored() {
        CallSnapshot call = TestCalls.call(owner, CallSnapshot.Callback.NONE, Optional.of("t"), Map.of("n", 1));
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        CallSnapshot ended = TestCalls.ended(call);
        await(store.append(List.of(TestCalls.event(ended, 2, "call.ended"))));

        assertThat(await(store.find(call.id()))).contains(ended);
        assertThat(await(store.find("call_unknown"))).isEmpty();
    }

    @Test
    void keepsTheBodyThatListenersHeardExactly() {
        CallSnapshot call = TestCalls.call(owner);
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));

        Row row = storage.query("select body, position from call_events where call_id = $1", call.id())
                .getFirst();
        Committed heard = committed.getFirst();
        assertThat(row.getString("body")).isEqualTo(heard.body());
        assertThat(row.getLong("position")).isEqualTo(heard.position());
        assertThat(new JsonObject(heard.body()).getJsonObject("call").getString("created_at"))
                .isEqualTo("2026-01-31T12:00:00.123Z");
    }

    @Test
    void tellsListenersOfManyCallsInTheOrderOfPositionsWithoutLosingOne() {
        List<CompletionStage<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CallSnapshot call = TestCalls.call(owner);
            writes.add(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
            writes.add(store.append(
                    List.of(TestCalls.event(call, 2, "call.dialing"), TestCalls.event(call, 3, "call.ringing"))));
            writes.add(store.append(List.of(TestCalls.event(TestCalls.ended(call), 4, "call.ended"))));
        }
        writes.forEach(TestStorage::await);

        assertThat(committed).hasSize(1200);
        assertThat(committed).extracting(Committed::position).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void refusesAWriterWhoseSuccessorHasStarted() {
        CallSnapshot call = TestCalls.call(owner);
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        NodeEpoch next = storage.claim("n1");
        PgCallStore successor =
                new PgCallStore(storage.vertx(), storage.pool(), next, MoneyHolds.NONE, events -> {}, journal());

        List<CallStore.Orphan> orphans = await(successor.unfinished("n1"));

        assertThat(orphans).extracting(orphan -> orphan.call().id()).contains(call.id());
        assertThatThrownBy(() -> await(store.append(List.of(TestCalls.event(call, 2, "call.dialing")))))
                .isInstanceOf(CallRefused.class);
        await(successor.append(List.of(TestCalls.event(TestCalls.ended(call), 2, "call.ended"))));
        assertThat(await(successor.unfinished("n1")))
                .extracting(orphan -> orphan.call().id())
                .doesNotContain(call.id());
    }

    @Test
    void refusesAHoleAndASecondEventUnderOneSeqWithoutHarmingOthers() {
        CallSnapshot holed = TestCalls.call(owner);
        CallSnapshot doubled = TestCalls.call(owner);
        CallSnapshot good = TestCalls.call(owner);
        for (CallSnapshot call : List.of(holed, doubled, good)) {
            await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        }

        CompletionStage<Void> hole = store.append(List.of(TestCalls.event(holed, 3, "call.ringing")));
        CompletionStage<Void> twice = store.append(List.of(TestCalls.event(doubled, 1, "call.dialing")));
        CompletionStage<Void> fine = store.append(List.of(TestCalls.event(good, 2, "call.dialing")));

        assertThatThrownBy(() -> await(hole)).isInstanceOf(CallRefused.class);
        assertThatThrownBy(() -> await(twice)).isInstanceOf(CallRefused.class);
        await(fine);
    }

    @Test
    void storesTheSameEventsAgainAsOne() {
        CallSnapshot call = TestCalls.call(owner);
        CallEvent created = TestCalls.event(call, 1, "call.created");
        await(store.create(created, Optional.empty(), Optional.empty()));
        await(store.create(created, Optional.empty(), Optional.empty()));
        assertThat(storage.query("select 1 from call_events where call_id = $1", call.id()))
                .hasSize(1);
    }

    @Test
    void commitsTheAnswerForARepeatedRequestWithTheCall() {
        CallSnapshot call = TestCalls.call(owner);
        IdempotencyKey key = new IdempotencyKey(
                owner.applicationId(), "/v1/calls", "k1", "hash", Instant.now().plusSeconds(3600));
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.of(key)));
        Row row = storage.query("select status, body from idempotency where key = $1", "k1")
                .getFirst();
        assertThat(row.getInteger("status")).isEqualTo(201);
        assertThat(new JsonObject(row.getString("body")).getString("id")).isEqualTo(call.id());
    }

    @Test
    void storesNothingOfACallThatTheBooksRefuse() {
        MoneyHolds poor = (connection, holds) -> Future.succeededFuture(
                Map.of(holds.getFirst().callId(), CallRefused.of(402, "insufficient_balance", "Nothing left.")));
        PgCallStore strict = new PgCallStore(
                storage.vertx(), storage.pool(), storage.claim("n2"), poor, committed::addAll, journal());
        CallSnapshot call = TestCalls.call(owner);
        Admission.Hold hold = new Admission.Hold(
                call.id(), owner.accountId(), "n2", new Money(BigDecimal.ONE, "USD"), Tariff.free("USD"));

        CompletionStage<Void> refused =
                strict.create(TestCalls.event(call, 1, "call.created"), Optional.of(hold), Optional.empty());

        assertThatThrownBy(() -> await(refused)).hasMessage("Nothing left.");
        assertThat(await(strict.find(call.id()))).isEmpty();
        assertThat(committed).isEmpty();
    }

    @Test
    void aLineThatCarriesOneCallIsTakenForEveryNodeUntilThatCallHasEnded() {
        PgCallStore other = new PgCallStore(
                storage.vertx(), storage.pool(), storage.claim("n3"), MoneyHolds.NONE, committed::addAll, journal());
        String line = "line_" + UUID.randomUUID();
        CallSnapshot first = TestCalls.call(owner);
        CallSnapshot second = TestCalls.call(owner);
        await(store.create(
                TestCalls.event(first, 1, "call.created"), Optional.of(onLine(first, line)), Optional.empty()));
        CallEvent rival = TestCalls.event(second, 1, "call.created");
        assertThatThrownBy(() -> await(other.create(rival, Optional.of(onLine(second, line)), Optional.empty())))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.otherCall()).contains(first.id()));
        await(store.append(List.of(TestCalls.event(TestCalls.ended(first), 2, "call.ended"))));
        await(other.create(rival, Optional.of(onLine(second, line)), Optional.empty()));
        assertThat(storage.query("select id from calls where exclusive_line = $1 and ended_at is null", line))
                .extracting(row -> row.getString("id"))
                .containsExactly(second.id());
    }

    private static Admission.Hold onLine(CallSnapshot call, String line) {
        return new Admission.Hold(
                call.id(), call.owner().accountId(), "n", Money.zero("USD"), Tariff.free("USD"), Optional.of(line));
    }

    @Test
    void keepsTheNewestDialogOfACallForAsLongAsItIsTheWriters() {
        CallSnapshot call = TestCalls.call(owner);
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        store.saveDialog(call.id(), "first");
        store.saveDialog(call.id(), "second");
        await(store.append(List.of(TestCalls.event(call, 2, "call.dialing"))));
        assertThat(dialog(call)).isEqualTo("second");

        PgCallStore successor = store(Duration.ofMinutes(1));
        successor.saveDialog(call.id(), "of another writer");
        CallSnapshot other = TestCalls.call(owner);
        await(successor.create(TestCalls.event(other, 1, "call.created"), Optional.empty(), Optional.empty()));
        assertThat(dialog(call)).isEqualTo("second");
    }

    private static String dialog(CallSnapshot call) {
        return storage.query("select dialog from calls where id = $1", call.id())
                .getFirst()
                .getString("dialog");
    }

    @Test
    void keepsATraceWithItsCall() {
        CallSnapshot call = TestCalls.call(owner);
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        TraceEntry invite = new TraceEntry(
                Instant.parse("2026-01-01T00:00:00Z"), true, "UDP", "a:1", "b:2", "INVITE sip:x SIP/2.0");
        TraceRows rows = new TraceRows(storage.pool());
        assertThat(await(rows.of(call.id()).toCompletionStage())).isEmpty();
        await(store.saveTrace(call.id(), List.of(invite)));
        assertThat(await(rows.of(call.id()).toCompletionStage())).containsExactly(invite);
    }

    @Test
    void owesAWebhookOnlyForTheEventsThatWereAskedFor() {
        CallSnapshot call = TestCalls.call(
                owner,
                new CallSnapshot.Callback(Optional.of("http://127.0.0.1:9/hook"), List.of("call.ended")),
                Optional.empty(),
                Map.of());
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        await(store.append(List.of(TestCalls.event(TestCalls.ended(call), 2, "call.ended"))));
        assertThat(storage.query("select event_type from webhook_deliveries where call_id = $1", call.id()))
                .extracting(row -> row.getString("event_type"))
                .containsExactly("call.ended");
    }

    @Test
    void survivesWhatNoDatabaseCanHold() {
        CallSnapshot call = TestCalls.call(
                owner, CallSnapshot.Callback.NONE, Optional.empty(), Map.of("a\0b", List.of("c\0d", Double.NaN)));
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        assertThat(await(store.find(call.id())).orElseThrow().metadata()).containsKey("ab");
    }

    @Test
    void listsRecordingsAsTheLogTellsOfThem() {
        CallSnapshot call = TestCalls.call(owner);
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        String id = "rec_" + call.id();
        await(store.append(List.of(recording(call, 2, "recording.started", Map.of("recording_id", id)))));
        await(store.append(List.of(recording(
                call,
                3,
                "recording.completed",
                Map.of("recording_id", id, "duration_ms", 1234, "channels", 2, "sha256", "ab", "gaps", List.of())))));
        Row row = storage.query("select status, doc from recordings where id = $1", id)
                .getFirst();
        assertThat(row.getString("status")).isEqualTo("completed");
        assertThat(row.getJsonObject("doc").getInteger("duration_ms")).isEqualTo(1234);
    }

    @Test
    void refusesNewCallsButKeepsEventsWhileTheDatabaseIsAway() throws Exception {
        PgCallStore hasty = store(Duration.ofMillis(300));
        CallSnapshot live = TestCalls.call(owner);
        await(hasty.create(TestCalls.event(live, 1, "call.created"), Optional.empty(), Optional.empty()));
        var blocker = storage.pool()
                .getConnection()
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        try {
            // a lock on the log stands for a server that no longer answers
            await(blocker.query("begin; lock table call_events in access exclusive mode")
                    .execute());
            CompletableFuture<Void> event = hasty.append(List.of(TestCalls.event(live, 2, "call.dialing")))
                    .toCompletableFuture();
            CallSnapshot fresh = TestCalls.call(owner);
            CompletionStage<Void> refused =
                    hasty.create(TestCalls.event(fresh, 1, "call.created"), Optional.empty(), Optional.empty());
            assertThatThrownBy(() -> await(refused)).hasMessageContaining("does not answer");
            await(event); // by the journal
            await(blocker.query("rollback").execute());
            awaitAllStored(hasty);
            awaitGone(fresh.id());
        } finally {
            blocker.close();
        }
    }

    private static void awaitAllStored(PgCallStore busy) throws InterruptedException {
        for (int i = 0; i < 500 && (busy.isAway() || busy.journaledBytes() > 0); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(busy.isAway()).isFalse();
    }

    /** What a late commit brought after all is taken back. */
    private void awaitGone(String callId) throws InterruptedException {
        for (int i = 0; i < 500 && await(store.find(callId)).isPresent(); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(await(store.find(callId))).isEmpty();
    }

    private PgCallStore store(Duration patience) {
        return new PgCallStore(
                storage.vertx(),
                storage.pool(),
                storage.claim("n1"),
                MoneyHolds.NONE,
                committed::addAll,
                patience,
                journal());
    }

    /** A folder a store: two processes never share one. */
    private static Path journal() {
        return storage.folder().resolve("journal-" + JOURNALS.incrementAndGet());
    }

    private static CallEvent recording(CallSnapshot call, long seq, String type, Map<String, Object> data) {
        return new CallEvent("evt_" + call.id() + seq, seq, type, Instant.now(), data, call);
    }
}
