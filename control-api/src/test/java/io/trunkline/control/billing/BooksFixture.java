package io.trunkline.control.billing;

import io.trunkline.control.call.Admission.Hold;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import io.trunkline.control.store.Database;
import io.trunkline.control.store.DatabaseUrl;
import io.trunkline.control.store.EmbeddedPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL with the real schema, and a wall clock moved by hand. */
final class BooksFixture implements AutoCloseable {
    static final Tariff PRICE = new Tariff("USD", new BigDecimal("0.60"), new BigDecimal("0.05"), 1, 1, 0);

    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();
    private final Database database;
    final Pool pool;
    final TestClock clock = new TestClock();
    final Ledger ledger;
    final Holds holds = new Holds(clock);
    final AccountBooks books;
    private int accounts;

    BooksFixture(Path folder) {
        postgres = EmbeddedPostgres.start(folder);
        database = new Database(postgres.url(), 16);
        database.migrate();
        pool = database.openPool(vertx);
        ledger = new Ledger(pool, clock);
        books = new AccountBooks(pool, clock);
    }

    DatabaseUrl url() {
        return postgres.url();
    }

    String account(String credit, boolean prepaid) throws Exception {
        return account(credit, prepaid, null, null);
    }

    String account(String credit, boolean prepaid, String spendDay, String spendMonth) throws Exception {
        String id = "acct_" + ++accounts;
        JsonObject limits = new JsonObject().put("spend_day", spendDay).put("spend_month", spendMonth);
        JsonObject doc =
                new JsonObject().put("currency", "USD").put("prepaid", prepaid).put("limits", limits);
        await(pool.preparedQuery("insert into accounts (id, name, doc) values ($1, $1, $2)")
                .execute(Tuple.of(id, doc)));
        if (!credit.equals("0")) {
            await(books.credit(id, Money.parse(credit, "USD"), "test"));
        }
        return id;
    }

    /** Holds the connection fee and a minute, as the creation of a call does. */
    Future<Void> hold(String callId, String account) {
        return hold(callId, account, PRICE);
    }

    Future<Void> hold(String callId, String account, Tariff tariff) {
        Hold hold = new Hold(callId, account, "node", tariff.cost(MeteredCall.STEP), tariff);
        return pool.withTransaction(transaction -> holds.hold(transaction, List.of(hold))
                .compose(refused ->
                        refused.isEmpty() ? Future.succeededFuture() : Future.failedFuture(refused.get(callId))));
    }

    BigDecimal balance(String account) throws Exception {
        return await(books.balance(account)).orElseThrow();
    }

    BigDecimal number(String query, Object... values) throws Exception {
        return await(pool.preparedQuery(query).execute(Tuple.wrap(values)))
                .iterator()
                .next()
                .getBigDecimal(0);
    }

    BigDecimal sumOfEntries(String account) throws Exception {
        return number("select coalesce(sum(amount), 0) from ledger where account_id = $1", account);
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    /** Noon, until told otherwise. */
    static final class TestClock extends Clock {
        volatile Instant now = Instant.parse("2026-03-14T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
