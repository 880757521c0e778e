package io.trunkline.control.billing;

import io.trunkline.control.billing.Books.Checkpoint;
import io.trunkline.control.billing.Books.Extension;
import io.trunkline.control.billing.Books.Settlement;
import io.trunkline.control.call.Admission.Hold;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.Tariff;
import io.trunkline.control.store.Database;
import io.trunkline.control.store.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A program that keeps hundreds of calls in the books at once, and says how many it has settled, until it is killed. */
final class BusyBooks {
    static final Tariff PRICE = new Tariff("USD", new BigDecimal("0.60"), new BigDecimal("0.05"), 6, 6, 0);

    private static final AtomicLong CALLS = new AtomicLong();
    private static final AtomicLong SETTLED = new AtomicLong();

    private final Pool pool;
    private final Ledger ledger;
    private final Holds holds = new Holds(Clock.systemUTC());
    private final String run;
    private final int accounts;

    private BusyBooks(Pool pool, String run, int accounts) {
        this.pool = pool;
        this.ledger = new Ledger(pool, Clock.systemUTC());
        this.run = run;
        this.accounts = accounts;
    }

    /** Arguments: a name for its calls, how many accounts, how many calls at once; the database in DATABASE_URL. */
    public static void main(String[] arguments) throws Exception {
        Database database = new Database(DatabaseUrl.parse(System.getenv("DATABASE_URL")), 12);
        BusyBooks books = new BusyBooks(database.openPool(Vertx.vertx()), arguments[0], Integer.parseInt(arguments[1]));
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            books.nextCall();
        }
        new CountDownLatch(1).await();
    }

    private void nextCall() {
        long number = CALLS.incrementAndGet();
        String call = "call_" + run + "_" + number;
        String account = "acct_" + (1 + number % accounts);
        hold(call, account)
                .compose(_ -> talk(call, account))
                .onSuccess(_ -> said(SETTLED.incrementAndGet()))
                .onComplete(_ -> nextCall());
    }

    private Future<Void> hold(String call, String account) {
        Hold hold = new Hold(call, account, "node", PRICE.cost(MeteredCall.STEP), PRICE);
        return pool.withTransaction(
                transaction -> holds.hold(transaction, List.of(hold)).mapEmpty());
    }

    private Future<Void> talk(String call, String account) {
        Duration talked = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, 90_000));
        Money more = PRICE.cost(Duration.ofSeconds(120)).minus(PRICE.cost(Duration.ofSeconds(60)));
        return ledger.checkpoint(List.of(new Checkpoint(call, talked)))
                .compose(_ -> ledger.extend(List.of(new Extension(call, account, more))))
                .compose(_ -> ledger.settle(List.of(new Settlement(call, account, PRICE.cost(talked)))));
    }

    private static void said(long settled) {
        if (settled % 50 == 0) {
            System.out.println(settled);
        }
    }
}
