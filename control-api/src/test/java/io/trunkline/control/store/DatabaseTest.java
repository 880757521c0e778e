package io.trunkline.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final DatabaseUrl url = TestPostgres.freshDatabase();
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void migratesOnceAndFindsNothingLeftToDo() throws Exception {
        Database database = new Database(url, 2);
        database.migrate();
        database.migrate();
        assertThat(EmbeddedPostgresTest.ask(url, "SELECT count(*) FROM flyway_schema_history WHERE NOT success"))
                .isEqualTo("0");
    }

    @Test
    void answersOnTheContextThatAsked() throws Exception {
        Pool pool = new Database(url, 2).openPool(vertx);
        Context context = vertx.getOrCreateContext();
        Future<Boolean> sameContext = Future.future(promise -> context.runOnContext(ignored -> pool.query("SELECT 1")
                .execute()
                .onComplete(rows -> promise.complete(rows.succeeded() && context.equals(Vertx.currentContext())))));
        assertThat(await(sameContext)).isTrue();
        await(pool.close());
    }

    @Test
    void writersLookUpByKeyEvenByAPlanMadeForAnEmptyTable() throws Exception {
        Database database = new Database(url, 2);
        database.migrate();
        for (Pool pool : List.of(database.openWriters(vertx), database.openOutbox(vertx))) {
            List<String> plan = new ArrayList<>();
            await(pool.query("explain update webhook_deliveries d set attempts = 0 "
                                    + "from unnest(array['whd_1', 'whd_2']) as told (id) where d.id = told.id")
                            .execute())
                    .forEach(row -> plan.add(row.getString(0)));
            assertThat(String.join("\n", plan))
                    .contains("webhook_deliveries_pkey")
                    .doesNotContain("Seq Scan");
            await(pool.close());
        }
    }

    @Test
    void saysWhereTheDatabaseIsWhenItCannotBeUsed() {
        DatabaseUrl wrong = EmbeddedPostgresTest.as(url, "trunkline", "guess-the-word");
        assertThatThrownBy(() -> new Database(wrong, 2).migrate())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(url.place())
                .hasMessageNotContaining("guess-the-word");
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
