package io.trunkline.control.billing;

import static io.trunkline.control.store.TestStorage.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trunkline.control.Ids;
import io.trunkline.control.call.Admission.Grant;
import io.trunkline.control.call.Admission.Payer;
import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.Limit;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.TrunkDirectory;
import io.trunkline.control.store.PgCallStore;
import io.trunkline.control.store.TestStorage;
import io.trunkline.media.LegSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Admission, the call's own transaction, the meter and the settlement together, on a real PostgreSQL. */
class BookkeepingTest {
    private static final AtomicLong NANOS = new AtomicLong(1);

    private static TestStorage storage;
    private static Bookkeeping bookkeeping;
    private static PgCallStore store;
    private static AccountBooks books;

    @BeforeAll
    static void start() {
        storage = new TestStorage();
        Clock clock = Clock.systemUTC();
        bookkeeping = new Bookkeeping(
                storage.vertx(), storage.pool(), new Trunks(), clock, NANOS::get, "n1", new SimpleMeterRegistry());
        store = new PgCallStore(
                storage.vertx(),
                storage.pool(),
                storage.claim("n1"),
                new Holds(clock),
                _ -> {},
                storage.folder().resolve("journal"));
        books = new AccountBooks(storage.pool(), clock);
    }

    @AfterAll
    static void stop() {
        bookkeeping.close();
        storage.close();
    }

    @Test
    void theFirstCallOfAFreshInstallationIsFreeAndHasACallerId() {
        Tenant fresh = new Tenant(storage.idOf("accounts", "default"), storage.idOf("applications", "default"));
        Grant grant = admit(fresh.plan("+15550100001"));
        assertThat(grant.from()).isEqualTo("+15550100000");
        assertThat(grant.tariff().isFree()).isTrue();
        CallSnapshot call = create(fresh, grant);
        bookkeeping.admission().ended(call);
        untilSettled(call);
        assertThat(await(books.entries(fresh.account(), Optional.empty(), 10))).isEmpty();
    }

    @Test
    void aPrepaidCallIsHeldForExtendedWhileItTalksAndSettled() throws Exception {
        Tenant tenant = tenant(new JsonObject());
        await(books.credit(tenant.account(), Money.parse("1.25", "USD"), "card"));
        rate(Optional.of(tenant.account()), "+44", "0.60");
        Grant grant = admit(tenant.plan("+442079460000"));
        CallSnapshot call = create(tenant, grant);
        assertThat(await(books.balance(tenant.account())).orElseThrow()).isEqualByComparingTo("0.60");

        CompletableFuture<String> low = new CompletableFuture<>();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        bookkeeping.admission().answered(call.id(), NANOS.get(), new Purse(low, gone));
        NANOS.addAndGet(Duration.ofSeconds(35).toNanos());
        untilKinds(tenant, "extend", 1);
        assertThat(await(books.balance(tenant.account())).orElseThrow()).isZero();
        NANOS.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(low.get(20, TimeUnit.SECONDS)).isEqualTo("0.00");
        NANOS.addAndGet(Duration.ofSeconds(24).toNanos());
        gone.get(20, TimeUnit.SECONDS);
        assertThat(await(bookkeeping.admission().cut(List.of(call.id())))
                        .get(call.id())
                        .billedSeconds())
                .isPositive();

        bookkeeping.admission().ended(Plans.ended(call, grant.tariff().charge(Duration.ofSeconds(119))));
        untilSettled(call);
        assertThat(await(books.balance(tenant.account())).orElseThrow()).isEqualByComparingTo("0.01");
    }

    @Test
    void moneyForOneCallPaysForOneOfTwoThatWereAdmittedAtOnce() {
        Tenant tenant = tenant(new JsonObject());
        await(books.credit(tenant.account(), Money.parse("0.70", "USD"), "card"));
        rate(Optional.of(tenant.account()), "1", "0.60");
        Grant first = admit(tenant.plan("+15550100001"));
        Grant second = admit(tenant.plan("+15550100001"));
        create(tenant, first);
        assertThatThrownBy(() -> create(tenant, second))
                .isInstanceOfSatisfying(
                        CallRefused.class, refused -> assertThat(refused.code()).isEqualTo("insufficient_balance"));
        assertThat(storage.query("select id from calls where account_id = $1", tenant.account()))
                .hasSize(1);
        assertThatThrownBy(() -> admit(tenant.plan("+15550100001")))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.status()).isEqualTo(402));
    }

    @Test
    void theSameCreationAgainHoldsNothingTwice() {
        Tenant tenant = tenant(new JsonObject());
        await(books.credit(tenant.account(), Money.parse("5", "USD"), "card"));
        rate(Optional.of(tenant.account()), "1", "0.60");
        Grant grant = admit(tenant.plan("+15550100001"));
        Holds holds = new Holds(Clock.systemUTC());
        for (int i = 0; i < 2; i++) {
            Map<String, CallRefused> refused = await(storage.pool()
                    .withTransaction(transaction ->
                            holds.hold(transaction, List.of(grant.hold().orElseThrow()))));
            assertThat(refused).isEmpty();
        }
        assertThat(await(books.balance(tenant.account())).orElseThrow()).isEqualByComparingTo("4.40");
    }

    @Test
    void termsAreReadFromAccountLineAndRates() {
        Tenant tenant = tenant(new JsonObject()
                .put("prepaid", false)
                .put("currency", "EUR")
                .put("caller_ids", "own")
                .put("caller_id", "+4930000000")
                .put("blocked_destinations", new JsonArray().add("+49 900").add("+7"))
                .put("allowed_destinations", new JsonArray().add("+7495"))
                .put(
                        "quiet_hours",
                        new JsonObject()
                                .put("from", "00:00")
                                .put("until", "00:00")
                                .put("zone", "UTC")));
        insert(
                "lines",
                tenant.account(),
                "sales",
                new JsonObject().put("number", "+4930111111").put("trunk", "trk_b"));
        rate(Optional.empty(), "+49", "0.07", "EUR");
        Terms terms = await(new PgTerms(storage.pool(), Clock.systemUTC())
                .of(
                        Plans.call(tenant.owner(), "+493012345", Optional.of("+4930111111"), Optional.of("sales")),
                        CallDirection.OUTBOUND));
        assertThat(terms.ownsFrom()).isTrue();
        assertThat(terms.account().onlyOwnCallerIds()).isTrue();
        assertThat(terms.line().orElseThrow().trunk()).contains("trk_b");
        assertThat(terms.account().destinations().objection("74991234567")).isPresent();
        assertThat(terms.account().destinations().objection("74951234567")).isEmpty();
        assertThat(terms.account().quietHours().orElseThrow().cover(Instant.now()))
                .isTrue();
        assertThat(terms.rates().find("493012345", "EUR", Optional.empty()))
                .hasValueSatisfying(
                        tariff -> assertThat(tariff.perMinute()).isEqualByComparingTo(new BigDecimal("0.07")));
    }

    @Test
    void aLineThatDoesNotExistIsNamed() {
        Tenant tenant = tenant(new JsonObject());
        PgTerms terms = new PgTerms(storage.pool(), Clock.systemUTC());
        assertThatThrownBy(() -> await(terms.of(
                        Plans.call(tenant.owner(), "+15550100001", Optional.empty(), Optional.of("nope")),
                        CallDirection.OUTBOUND)))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.field()).contains("line"));
    }

    @Test
    void moneyLeftHeldIsFoundAndGivenBackOrCharged() {
        Tenant tenant = tenant(new JsonObject());
        await(books.credit(tenant.account(), Money.parse("5", "USD"), "card"));
        rate(Optional.of(tenant.account()), "1", "0.60");
        CallSnapshot ended = create(tenant, admit(tenant.plan("+15550100001")));
        CallSnapshot takenBack = create(tenant, admit(tenant.plan("+15550100001")));
        CallSnapshot up = create(tenant, admit(tenant.plan("+15550100001")));
        storage.query("delete from calls where id = $1", takenBack.id());
        storage.query(
                "update calls set ended_at = now() - interval '2 minutes', cost = 0.33 where id = $1", ended.id());
        storage.query("update call_holds set held_at = now() - interval '2 minutes'");
        Ledger ledger = new Ledger(storage.pool(), Clock.systemUTC());
        Sweep sweep = new Sweep(storage.pool(), new Settlements(ledger, Runnable::run, 100), Clock.systemUTC(), "n1");
        await(sweep.run());
        untilSettled(ended);
        untilSettled(takenBack);
        assertThat(await(books.balance(tenant.account())).orElseThrow()).isEqualByComparingTo("4.07");
        assertThat(storage.query("select call_id from call_holds where call_id = $1", up.id()))
                .hasSize(1);
    }

    private record Tenant(String account, String application) {
        CallSnapshot.Owner owner() {
            return new CallSnapshot.Owner(account, application);
        }

        NewCall plan(String to) {
            return Plans.call(owner(), to, Optional.empty(), Optional.empty());
        }
    }

    /** A prepaid account with an application, unless the doc says otherwise. */
    private static Tenant tenant(JsonObject doc) {
        String account = Ids.next("acct");
        JsonObject whole = new JsonObject()
                .put("currency", "USD")
                .put("prepaid", true)
                .put("caller_id", "+15550000003")
                .mergeIn(doc);
        storage.query("insert into accounts (id, name, doc) values ($1, $1, $2)", account, whole);
        return new Tenant(account, insert("applications", account, "app", new JsonObject()));
    }

    private static String insert(String table, String account, String name, JsonObject doc) {
        String id = Ids.next("x");
        storage.query(
                "insert into " + table + " (id, account_id, name, doc) values ($1, $2, $3, $4)",
                id,
                account,
                name,
                doc);
        return id;
    }

    private static void rate(Optional<String> account, String prefix, String perMinute) {
        rate(account, prefix, perMinute, "USD");
    }

    private static void rate(Optional<String> account, String prefix, String perMinute, String currency) {
        JsonObject doc = new JsonObject()
                .put("prefix", prefix)
                .put("per_minute", perMinute)
                .put("connection_fee", account.isPresent() && prefix.equals("+44") ? "0.05" : "0")
                .put("currency", currency);
        storage.query(
                "insert into rates (id, account_id, name, doc) values ($1, $2, $3, $4)",
                Ids.next("rate"),
                account.orElse(null),
                currency + " " + prefix,
                doc);
    }

    private static Grant admit(NewCall plan) {
        return (Grant) await(bookkeeping.admission().admit(plan, List.of("trk_a")));
    }

    private static CallSnapshot create(Tenant tenant, Grant grant) {
        CallSnapshot call = Plans.created(grant.hold().orElseThrow().callId(), tenant.owner());
        CallEvent created = new CallEvent(Ids.next("evt"), 1, "call.created", Instant.now(), Map.of(), call);
        await(store.create(created, grant.hold(), Optional.empty()));
        return call;
    }

    private static void untilSettled(CallSnapshot call) {
        until("select 1 from call_holds where call_id = $1", call.id(), 0);
    }

    private static void untilKinds(Tenant tenant, String kind, int count) {
        until("select 1 from ledger where kind = '" + kind + "' and account_id = $1", tenant.account(), count);
    }

    private static void until(String query, String value, int rows) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (storage.query(query, value).size() != rows) {
            assertThat(System.nanoTime()).as(query).isLessThan(deadline);
        }
    }

    private record Purse(CompletableFuture<String> low, CompletableFuture<Void> gone) implements Payer {
        @Override
        public void balanceLow(Money balance, long secondsLeft) {
            low.complete(balance.text());
        }

        @Override
        public void balanceGone() {
            gone.complete(null);
        }

        @Override
        public void spendLimitReached() {
            gone.completeExceptionally(new IllegalStateException("a spend limit"));
        }
    }

    private static final class Trunks implements TrunkDirectory {
        @Override
        public Optional<String> find(String accountId, String reference) {
            return Optional.of(reference);
        }

        @Override
        public List<String> route(String accountId, String number) {
            return List.of("trk_a");
        }

        @Override
        public LegSpec browserLeg(String sessionId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LegSpec leg(String trunkId, String sessionId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Limit limit(String trunkId) {
            return Limit.NONE;
        }

        @Override
        public String name(String trunkId) {
            return trunkId;
        }
    }
}
