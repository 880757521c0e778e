package io.trunkline.control.store;

import io.trunkline.control.keys.KeyRing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real PostgreSQL with the schema and the seed in it, for one test class. */
public final class TestStorage implements AutoCloseable {
    public static final String API_KEY = "tk_test_api_key_0123456789";
    public static final String ADMIN_KEY = "tk_test_admin_key_0123456789";

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final Pool writers;
    private final SealedSecrets secrets;

    public TestStorage() {
        try {
            folder = Files.createTempDirectory("trunkline-test");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        postgres = EmbeddedPostgres.start(folder);
        Database database = new Database(postgres.url(), 4);
        database.migrate();
        pool = database.openPool(vertx);
        writers = database.openWriters(vertx);
        secrets = new SealedSecrets(KeyRing.readOrMake(folder.resolve("secrets")));
        await(new Seed(pool, secrets).plant(ADMIN_KEY, API_KEY));
    }

    public Vertx vertx() {
        return vertx;
    }

    public Pool pool() {
        return pool;
    }

    /** As the program writes calls. */
    public Pool writers() {
        return writers;
    }

    public SealedSecrets secrets() {
        return secrets;
    }

    public Path folder() {
        return folder;
    }

    public NodeEpoch claim(String node) {
        return await(NodeEpoch.claim(pool, node));
    }

    public String idOf(String table, String name) {
        return query("select id from " + table + " where name = $1", name)
                .getFirst()
                .getString("id");
    }

    public List<Row> query(String sql, Object... parameters) {
        return await(pool.preparedQuery(sql).execute(Tuple.from(parameters)).map(rows -> {
            List<Row> list = new ArrayList<>();
            rows.forEach(list::add);
            return list;
        }));
    }

    public static <T> T await(Future<T> future) {
        return await(future.toCompletionStage());
    }

    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
        postgres.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
