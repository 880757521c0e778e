package io.trunkline.control.store;

import static io.trunkline.control.store.TestStorage.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStore;
import io.trunkline.control.keys.KeyRing;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server stopped, started again, and frozen: what calls did meanwhile is neither lost nor out of order. */
class OutageTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<Committed> told = new CopyOnWriteArrayList<>();
    private EmbeddedPostgres postgres;
    private TcpRelay relay;
    private Pool pool;
    private CallSnapshot.Owner owner;
    private PgCallStore store;

    @BeforeEach
    void start() {
        postgres = EmbeddedPostgres.start(folder);
        relay = new TcpRelay(postgres.url().port());
        DatabaseUrl behind = postgres.url();
        Database database = new Database(
                new DatabaseUrl(
                        behind.host(),
                        relay.port(),
                        behind.database(),
                        behind.user(),
                        behind.password(),
                        "disable",
                        Optional.empty()),
                4);
        database.migrate();
        pool = database.openPool(vertx);
        await(new Seed(pool, new SealedSecrets(KeyRing.readOrMake(folder.resolve("secrets"))))
                .plant(TestStorage.ADMIN_KEY, TestStorage.API_KEY));
        owner = new CallSnapshot.Owner(id("accounts"), id("applications"));
        store = store();
    }

    private String id(String table) {
        return await(pool.query("select id from " + table).execute())
                .iterator()
                .next()
                .getString("id");
    }

    private PgCallStore store() {
        return new PgCallStore(
                vertx,
                pool,
                await(NodeEpoch.claim(pool, "n1")),
                MoneyHolds.NONE,
                told::addAll,
                Duration.ofSeconds(2),
                folder.resolve("journal"));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
        relay.close();
        postgres.close();
    }

    private void goAway() {
        postgres.close();
        relay.target(0);
    }

    private void comeBack() {
        postgres = EmbeddedPostgres.start(folder);
        relay.target(postgres.url().port());
    }

    private CallSnapshot begin() {
        CallSnapshot call = TestCalls.call(owner);
        await(store.create(TestCalls.event(call, 1, "call.created"), Optional.empty(), Optional.empty()));
        return call;
    }

    private List<String> types(String callId) {
        List<String> types = new ArrayList<>();
        await(pool.preparedQuery("select type from call_events where call_id = $1 order by position")
                        .execute(Tuple.of(callId)))
                .forEach(row -> types.add(row.getString("type")));
        return types;
    }

    private void awaitBack(PgCallStore waiting) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (waiting.isAway() || waiting.journaledBytes() > 0) {
            assertThat(System.nanoTime()).as("storage is back").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void callsGoOnWhileTheServerIsStoppedAndTheirEventsAreStoredInOrderAfterwards() throws Exception {
        CallSnapshot call = begin();
        goAway();

        await(store.append(List.of(TestCalls.event(call, 2, "call.dialing"))));
        await(store.append(
                List.of(TestCalls.event(call, 3, "call.ringing"), TestCalls.event(call, 4, "call.answered"))));
        assertThat(store.isAway()).isTrue();
        store.saveDialog(call.id(), "said meanwhile");
        assertThat(told).hasSize(1); // durable here, but nobody outside may see what a query does not show yet
        CallSnapshot refused = TestCalls.call(owner);
        assertThatThrownBy(() -> await(
                        store.create(TestCalls.event(refused, 1, "call.created"), Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(
                        CallRefused.class, why -> assertThat(why.code()).isEqualTo("storage_unavailable"));

        comeBack();
        await(store.append(List.of(TestCalls.event(TestCalls.ended(call), 5, "call.ended"))));
        awaitBack(store);

        assertThat(types(call.id()))
                .containsExactly("call.created", "call.dialing", "call.ringing", "call.answered", "call.ended");
        assertThat(told).extracting(each -> each.event().seq()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(told).extracting(Committed::position).isSorted();
        assertThat(types(refused.id())).isEmpty();
        assertThat(await(store.find(call.id()))).contains(TestCalls.ended(call));
        begin(); // a commit, with which the dialog goes at the latest
        assertThat(dialog(call.id())).isEqualTo("said meanwhile");
    }

    private String dialog(String callId) {
        return await(pool.preparedQuery("select dialog from calls where id = $1")
                        .execute(Tuple.of(callId)))
                .iterator()
                .next()
                .getString("dialog");
    }

    @Test
    void whatTheJournalKeptSurvivesACrashAndComesBeforeAnythingElse() throws Exception {
        CallSnapshot call = begin();
        goAway();
        await(store.append(
                List.of(TestCalls.event(call, 2, "call.dialing"), TestCalls.event(call, 3, "call.ringing"))));
        Path saved = Files.copy(folder.resolve("journal/events"), folder.resolve("saved"));
        comeBack();
        awaitBack(store);

        // The crash: another process finds the journal as it was, its last line cut.
        await(pool.preparedQuery("delete from call_events where call_id = $1 and seq > 1")
                .execute(Tuple.of(call.id())));
        await(pool.preparedQuery("update calls set last_seq = 1 where id = $1").execute(Tuple.of(call.id())));
        Files.writeString(saved, "00000000 {\"cut", StandardOpenOption.APPEND);
        Files.copy(saved, Files.createDirectories(folder.resolve("journal2")).resolve("events"));
        PgCallStore successor = new PgCallStore(
                vertx,
                pool,
                await(NodeEpoch.claim(pool, "n1")),
                MoneyHolds.NONE,
                told::addAll,
                folder.resolve("journal2"));
        List<CallStore.Orphan> orphans = await(successor.unfinished("n1"));

        assertThat(orphans)
                .hasSize(1)
                .first()
                .satisfies(orphan -> assertThat(orphan.lastSeq()).isEqualTo(3));
        assertThat(types(call.id())).containsExactly("call.created", "call.dialing", "call.ringing");
        assertThat(successor.journaledBytes()).isZero();
    }

    @Test
    void aFrozenServerIsAsGoodAsGone() throws Exception {
        CallSnapshot call = begin();
        signal("STOP");
        store.saveDialog(call.id(), "nobody waits for this one");
        CallSnapshot refused = TestCalls.call(owner);
        CompletionStage<Void> first = store.append(List.of(TestCalls.event(call, 2, "call.dialing")));
        CompletionStage<Void> creation =
                store.create(TestCalls.event(refused, 1, "call.created"), Optional.empty(), Optional.empty());
        await(first);
        assertThatThrownBy(() -> await(creation)).isInstanceOf(CallRefused.class);
        await(store.append(List.of(TestCalls.event(call, 3, "call.ringing"))));

        signal("CONT");
        awaitBack(store);
        await(store.append(List.of(TestCalls.event(TestCalls.ended(call), 4, "call.ended"))));
        assertThat(types(call.id())).containsExactly("call.created", "call.dialing", "call.ringing", "call.ended");
        assertThat(told)
                .filteredOn(each -> each.event().call().id().equals(call.id()))
                .extracting(each -> each.event().seq())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(types(refused.id())).isEmpty();
        begin();
        assertThat(dialog(call.id())).isEqualTo("nobody waits for this one");
    }

    /** To the server and all its processes. */
    private void signal(String name) throws Exception {
        String pid = Files.readAllLines(
                        PostgresCluster.folderIn(folder.resolve("postgres")).resolve("postmaster.pid"))
                .getFirst()
                .strip();
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, pid));
        ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow()
                .children()
                .forEach(child -> command.add(Long.toString(child.pid())));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }
}
