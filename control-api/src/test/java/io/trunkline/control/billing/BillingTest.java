package io.trunkline.control.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trunkline.control.call.Admission.Decision;
import io.trunkline.control.call.Admission.Grant;
import io.trunkline.control.call.Admission.LineBusy;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.Limit;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.TrunkDirectory;
import io.trunkline.media.LegSpec;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The order of the checks, and what each grants or says. */
class BillingTest {
    private final Map<String, Limit> trunks = new HashMap<>();
    private final List<Books.Settlement> settled = new ArrayList<>();
    private final Gate gate = new Gate(new CallQueue(10, 10), _ -> {});
    private TermsBuilder terms = new TermsBuilder();
    private Optional<String> from = Optional.empty();
    private Optional<BigDecimal> maxPrice = Optional.empty();
    private Duration wait = Duration.ZERO;
    private String to = "+15550100001";
    private int calls;

    private final Billing billing = new Billing(
            (_, _) -> CompletableFuture.completedFuture(terms.build()),
            new Directory(),
            gate,
            new Meter(new NoBooks(), Runnable::run),
            new Settlements(new NoBooks(), Runnable::run, 10),
            _ -> Future.succeededFuture(Map.of()),
            Clock.fixed(Instant.parse("2026-03-14T12:00:00Z"), ZoneOffset.UTC),
            () -> 1,
            "node");

    @Test
    void aGrantHoldsTheFeeAndTheFirstMinute() {
        Grant grant = grant();
        assertThat(grant.hold().orElseThrow().amount().text()).isEqualTo("0.65");
        assertThat(grant.tariff()).isEqualTo(TermsBuilder.rate("0.60"));
        assertThat(grant.turn().toCompletableFuture()).isCompleted();
    }

    @Test
    void theFirstReasonInTheOrderOfTheApiIsTheOneTold() {
        terms = terms.noRates()
                .blocked("1")
                .onlyOwnCallerIds(false)
                .spendDay("0.10")
                .concurrent(0)
                .balance("0");
        from = Optional.of("+15559999999");
        assertThat(refusal()).isEqualTo("400 rate_not_found");
        terms = new TermsBuilder()
                .blocked("1")
                .onlyOwnCallerIds(false)
                .spendDay("0.10")
                .concurrent(0)
                .balance("0");
        assertThat(refusal()).isEqualTo("403 destination_blocked");
        terms = new TermsBuilder()
                .onlyOwnCallerIds(false)
                .spendDay("0.10")
                .concurrent(0)
                .balance("0");
        assertThat(refusal()).isEqualTo("403 caller_id_not_allowed");
        terms = new TermsBuilder()
                .onlyOwnCallerIds(true)
                .spendDay("0.10")
                .concurrent(0)
                .balance("0");
        assertThat(refusal()).isEqualTo("403 spend_limit_reached");
        terms = new TermsBuilder().concurrent(0).balance("0");
        assertThat(refusal()).isEqualTo("429 concurrent_call_limit_reached");
        terms = new TermsBuilder().balance("0.64");
        assertThat(refusal()).isEqualTo("402 insufficient_balance");
        terms = new TermsBuilder().balance("0.65");
        assertThat(grant().from()).isEqualTo("+15559999999");
    }

    @Test
    void quietHoursAndPremiumRangesAreRefused() {
        terms = terms.quietAllDay();
        assertThat(refusal()).isEqualTo("403 destination_blocked");
        terms = new TermsBuilder();
        to = "+19005551234";
        assertThat(refusal()).isEqualTo("403 destination_blocked");
    }

    @Test
    void aRateAboveTheCallsPriceIsNone() {
        maxPrice = Optional.of(new BigDecimal("0.59"));
        assertThat(refusal()).isEqualTo("400 rate_not_found");
    }

    @Test
    void theCallerIdComesFromTheCallTheLineTheApplicationTheAccount() {
        terms = terms.from(Optional.empty(), Optional.empty());
        assertThat(refusal()).isEqualTo("400 invalid_request");
        terms = terms.from(Optional.of("+15550000003"), Optional.empty());
        assertThat(grant().from()).isEqualTo("+15550000003");
        terms = terms.from(Optional.of("+15550000003"), Optional.of("+15550000002"));
        assertThat(grant().from()).isEqualTo("+15550000002");
        terms = terms.line(false);
        assertThat(grant().from()).isEqualTo("+15550000001");
        from = Optional.of("+15550000000");
        assertThat(grant().from()).isEqualTo("+15550000000");
    }

    @Test
    void aCallRefusedForItsBalanceTakesNobodysPlace() {
        terms = terms.concurrent(1).balance("0");
        assertThat(refusal()).isEqualTo("402 insufficient_balance");
        assertThat(refusal()).isEqualTo("402 insufficient_balance");
        terms = new TermsBuilder().concurrent(1);
        Grant grant = grant();
        assertThat(refusal()).isEqualTo("429 concurrent_call_limit_reached");
        billing.withdrawn(grant.hold().orElseThrow().callId());
        grant();
    }

    @Test
    void aTrunkWithAFreeChannelIsTriedFirst() {
        trunks.put("trk_a", new Limit(OptionalInt.empty(), OptionalInt.of(1)));
        Grant first = grant();
        assertThat(first.trunkIds()).containsExactly("trk_a", "trk_b");
        Grant second = grant();
        assertThat(second.trunkIds()).containsExactly("trk_b", "trk_a");
        String callId = second.hold().orElseThrow().callId();
        assertThat(billing.moveTo(callId, "trk_a")).isFalse();
        billing.ended(snapshot(first.hold().orElseThrow().callId()));
        assertThat(billing.moveTo(callId, "trk_a")).isTrue();
    }

    @Test
    void aCallThatMayWaitIsGrantedAndGetsItsTurnWhenAnotherEnds() {
        terms = terms.concurrent(1);
        Grant first = grant();
        wait = Duration.ofSeconds(20);
        Grant second = grant();
        assertThat(second.turn().toCompletableFuture()).isNotDone();
        billing.ended(snapshot(first.hold().orElseThrow().callId()));
        assertThat(second.turn().toCompletableFuture()).isCompleted();
    }

    @Test
    void anExclusiveLineThatIsBusyNamesItsCall() {
        terms = terms.line(true);
        Grant first = grant();
        assertThat(decision()).isEqualTo(new LineBusy(first.hold().orElseThrow().callId()));
    }

    @Test
    void anEndedCallIsSettledAtItsCharge() {
        Grant grant = grant();
        billing.ended(snapshot(grant.hold().orElseThrow().callId()));
        assertThat(settled).singleElement().satisfies(settlement -> {
            assertThat(settlement.cost().text()).isEqualTo("0.12");
            assertThat(settlement.accountId()).isEqualTo("acct_1");
        });
    }

    @Test
    void aCallInTakesItsPlaceInTheLimitsAndCostsNothingWithoutARateOfItsOwn() {
        terms = new TermsBuilder().noRates();
        trunks.put("trk_in", new Limit(OptionalInt.empty(), OptionalInt.of(1)));
        Grant first =
                billing.admitInbound(plan(), "trk_in").toCompletableFuture().join();
        assertThat(first.tariff().isFree()).isTrue();
        assertThat(first.hold()).isPresent();
        assertThat(gate.active("trk_in")).isEqualTo(1);
        assertThatThrownBy(() -> billing.admitInbound(plan(), "trk_in")
                        .toCompletableFuture()
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("concurrent_call_limit_reached"));
    }

    private Decision decision() {
        return billing.admit(plan(), List.of("trk_a", "trk_b"))
                .toCompletableFuture()
                .join();
    }

    private Grant grant() {
        return (Grant) decision();
    }

    private String refusal() {
        CompletionException failed = catchThrowableOfType(CompletionException.class, this::decision);
        assertThat(failed).isNotNull();
        CallRefused refused = (CallRefused) failed.getCause();
        return refused.status() + " " + refused.code();
    }

    private NewCall plan() {
        return Plans.call("call_" + ++calls, to, from, maxPrice, wait);
    }

    private static CallSnapshot snapshot(String callId) {
        return Plans.ended(callId, new CallSnapshot.Charge(7, new BigDecimal("0.12"), "USD"));
    }

    private final class Directory implements TrunkDirectory {
        @Override
        public Optional<String> find(String accountId, String reference) {
            return Optional.of(reference);
        }

        @Override
        public List<String> route(String accountId, String number) {
            return List.of();
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
            return trunks.getOrDefault(trunkId, Limit.NONE);
        }

        @Override
        public String name(String trunkId) {
            return trunkId;
        }
    }

    private final class NoBooks implements Books {
        @Override
        public Future<List<Extended>> extend(List<Extension> calls) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<Void> checkpoint(List<Checkpoint> calls) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> settle(List<Settlement> calls) {
            settled.addAll(calls);
            return Future.succeededFuture();
        }
    }
}
