package io.trunkline.control.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.store.RecordingArchive;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to recordings after their call, on a real database. */
class ArchivistTest {
    private static TestStorage storage;

    @TempDir
    Path folder;

    private final FlakyBucket bucket = new FlakyBucket();
    private String account;
    private Vault vault;
    private Archivist archivist;

    @BeforeAll
    static void open() {
        storage = new TestStorage();
    }

    @AfterAll
    static void close() {
        storage.close();
    }

    @BeforeEach
    void start() {
        account = storage.idOf("accounts", "default");
        storage.query("delete from recordings");
        retain(new JsonObject());
        vault = new Vault(
                folder, folder.resolve("opened"), Optional.empty(), Optional.of(bucket), InstantSource.system());
        archivist = new Archivist(vault, new RecordingArchive(storage.pool()), Duration.ofMillis(20));
    }

    @AfterEach
    void stop() throws Exception {
        archivist.close();
    }

    @Test
    void aCompleteRecordingIsSentAgainUntilTheBucketTakesIt() throws Exception {
        bucket.refusals.set(3);
        record("rec_1", "completed", 0, 10);
        record("rec_2", "recording", 0, 10);
        archivist.start();

        await(() -> !storage.query("select 1 from recordings where stored_at is not null")
                .isEmpty());
        assertThat(bucket.objects).containsOnlyKeys("rec_1.wav");
        assertThat(vault.made("rec_1")).doesNotExist();
        assertThat(vault.made("rec_2")).exists();
        assertThat(archivist.failures()).isEqualTo(3);
    }

    @Test
    void whatIsOlderThanTheAccountKeepsIsDeletedEverywhereUnlessItIsHeld() throws Exception {
        retain(new JsonObject().put("recordings_days", 30));
        record("rec_1", "completed", 31, 10);
        record("rec_2", "completed", 29, 10);
        record("rec_3", "completed", 31, 10);
        storage.query("update recordings set legal_hold = true where id = 'rec_3'");
        archivist.start();

        await(() -> purged() == 1);
        await(() -> bucket.objects.keySet().equals(Set.of("rec_2.wav", "rec_3.wav")));
    }

    @Test
    void beyondTheAccountsSizeTheOldestGo() throws Exception {
        retain(new JsonObject().put("recordings_megabytes", 3));
        for (int age = 1; age <= 5; age++) {
            record("rec_" + age, "completed", age, 1_000_000);
        }
        archivist.start();

        await(() -> purged() == 2);
        assertThat(storage.query("select id from recordings where deleted_at is null order by id"))
                .extracting(row -> row.getString("id"))
                .containsExactly("rec_1", "rec_2", "rec_3");
    }

    private static long purged() {
        return storage.query("select id from recordings where purged_at is not null")
                .size();
    }

    private void retain(JsonObject retention) {
        storage.query(
                "update accounts set doc = doc || $1::jsonb where id = $2",
                new JsonObject().put("retention", retention),
                account);
    }

    private void record(String id, String status, int daysAgo, int size) throws IOException {
        storage.query(
                "insert into recordings (id, call_id, account_id, application_id, status, doc, created_at)"
                        + " values ($1, 'call_1', $2, 'app_1', $3, $4::jsonb, $5)",
                id,
                account,
                status,
                new JsonObject().put("size", size),
                OffsetDateTime.now(ZoneOffset.UTC).minusDays(daysAgo));
        Files.write(folder.resolve(id + ".wav"), new byte[100]);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Refuses some times, then keeps what it gets. */
    private static final class FlakyBucket implements Bucket {
        private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
        private final AtomicInteger refusals = new AtomicInteger();

        @Override
        public void put(String name, Path file) throws IOException {
            if (refusals.getAndDecrement() > 0) {
                throw new IOException("not now");
            }
            objects.put(name, Files.readAllBytes(file));
        }

        @Override
        public boolean get(String name, Path into) throws IOException {
            byte[] found = objects.get(name);
            if (found != null) {
                Files.write(into, found);
            }
            return found != null;
        }

        @Override
        public void delete(String name) {
            objects.remove(name);
        }
    }
}
