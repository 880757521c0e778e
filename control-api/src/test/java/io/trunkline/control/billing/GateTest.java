package io.trunkline.control.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.billing.Place.Scope;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate with a clock moved by hand. */
class GateTest {
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final long MS = 1_000_000;

    private final List<Long> waits = new ArrayList<>();
    private final Gate gate = new Gate(new CallQueue(6, 4), waits::add);
    private long now = 5;
    private int calls;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 40})
    void noSecondOfATenfoldBurstHoldsMoreThanTheLimit(int cps) {
        List<Long> admitted = new ArrayList<>();
        Random random = new Random(cps);
        for (int i = 0; i < cps * 10 * 5; i++) {
            now += random.nextLong(200 * MS / cps);
            if (enter(account(cps, 0), NO_WAIT) instanceof Gate.Entered) {
                admitted.add(now);
            }
        }
        for (int first = 0; first < admitted.size(); first++) {
            long start = admitted.get(first);
            assertThat(admitted.stream().filter(at -> at >= start && at < start + 1000 * MS))
                    .hasSizeLessThanOrEqualTo(cps);
        }
        assertThat(admitted).hasSizeGreaterThanOrEqualTo(cps * 4);
    }

    @Test
    void aCallOverTheLimitIsToldWhenToComeBack() {
        enter(account(1, 0), NO_WAIT);
        now += 400 * MS;
        CallRefused refusal = ((Gate.Full) enter(account(1, 0), NO_WAIT)).refusal();
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.code()).isEqualTo("cps_limit_reached");
        assertThat(refusal.retryAfter()).contains(Duration.ofMillis(600));
    }

    @Test
    void callsAtOnceAreCountedUntilTheyLeave() {
        String first = entered(account(0, 1));
        assertThat(((Gate.Full) enter(account(0, 1), NO_WAIT)).refusal().code())
                .isEqualTo("concurrent_call_limit_reached");
        gate.leave(first, now);
        gate.leave(first, now);
        assertThat(gate.active("acct")).isZero();
        entered(account(0, 1));
        assertThat(enter(account(0, 1), NO_WAIT)).isInstanceOf(Gate.Full.class);
    }

    @Test
    void aCallThatWaitsGoesInTheOrderOfArrival() {
        String holder = entered(account(0, 1));
        CompletableFuture<Void> second = waits(account(0, 1), Duration.ofSeconds(30));
        CompletableFuture<Void> third = waits(account(0, 1), Duration.ofSeconds(30));
        assertThat(gate.waiting()).isEqualTo(2);
        now += 7000 * MS;
        gate.leave(holder, now);
        assertThat(second).isCompleted();
        assertThat(third).isNotDone();
        assertThat(waits).containsExactly(7000 * MS);
    }

    @Test
    void aCallThatWaitedInVainIsToldSoAndAnotherMayTakeItsPlace() {
        entered(account(0, 1));
        CompletableFuture<Void> turn = waits(account(0, 1), Duration.ofSeconds(3));
        now += 2999 * MS;
        gate.tick(now);
        assertThat(turn).isNotDone();
        now += MS;
        gate.tick(now);
        assertThat(turn).isCompletedExceptionally();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void aCallThatCannotGoYetHoldsUpNobodyElse() {
        entered(place("busy", 1));
        var _ = waits(place("busy", 1), Duration.ofSeconds(30));
        assertThat(enter(place("idle", 1), NO_WAIT)).isInstanceOf(Gate.Entered.class);
    }

    @Test
    void aNewCallDoesNotOvertakeOneThatWaits() {
        String holder = entered(account(1, 0));
        CompletableFuture<Void> turn = waits(account(1, 0), Duration.ofSeconds(30));
        gate.leave(holder, now);
        now += 1000 * MS;
        assertThat(enter(account(1, 0), NO_WAIT)).isInstanceOf(Gate.Full.class);
        assertThat(turn).isCompleted();
    }

    @Test
    void theQueueIsBoundedAndNoAccountFillsItAlone() {
        entered(place("one", 1));
        entered(place("two", 1));
        for (int i = 0; i < 4; i++) {
            var _ = waits(place("one", 1), Duration.ofSeconds(30));
        }
        assertThat(enter(place("one", 1), Duration.ofSeconds(30))).isInstanceOf(Gate.Full.class);
        var _ = waits(place("two", 1), Duration.ofSeconds(30));
        var _ = waits(place("two", 1), Duration.ofSeconds(30));
        assertThat(enter(place("two", 1), Duration.ofSeconds(30))).isInstanceOf(Gate.Full.class);
    }

    @Test
    void aCallEndedWhileItWaitsLeavesTheQueue() {
        entered(account(0, 1));
        CompletableFuture<Void> turn = waits(account(0, 1), Duration.ofSeconds(30));
        gate.leave("call" + calls, now);
        assertThat(gate.waiting()).isZero();
        assertThat(turn).isNotDone();
    }

    @Test
    void aCallTakesTheFirstTrunkWithAFreeChannelAndMovesToAnotherOnlyIfThatHasOne() {
        Scope small = scope("small", 0, 1);
        Scope large = scope("large", 0, 2);
        String first = entered(List.of(small, large));
        String second = entered(List.of(small, large));
        assertThat(gate.active("small")).isEqualTo(1);
        assertThat(gate.active("large")).isEqualTo(1);
        assertThat(gate.moveTo(second, large, now)).as("its own already").isTrue();
        assertThat(gate.moveTo(second, small, now)).isFalse();
        assertThat(gate.moveTo(first, large, now)).isTrue();
        assertThat(gate.active("small")).isZero();
        gate.leave(first, now);
        gate.leave(second, now);
        assertThat(gate.active("large")).isZero();
    }

    @Test
    void aCallRefusedAfterwardsCountsTowardsNothing() {
        String poor = entered(account(1, 1));
        gate.undo(poor);
        assertThat(enter(account(1, 1), NO_WAIT)).isInstanceOf(Gate.Entered.class);
    }

    @Test
    void anExclusiveLineCarriesOneCallAndNamesIt() {
        Place line = new Place("call_a", "acct", List.of(), List.of(), Optional.of("line_1"));
        Place again = new Place("call_b", "acct", List.of(), List.of(), Optional.of("line_1"));
        gate.enter(line, NO_WAIT, now);
        assertThat(gate.enter(again, NO_WAIT, now)).isEqualTo(new Gate.LineTaken("call_a"));
        gate.leave("call_a", now);
        assertThat(gate.enter(again, NO_WAIT, now)).isInstanceOf(Gate.Entered.class);
    }

    private Gate.Outcome enter(Place place, Duration mayWait) {
        return gate.enter(place, mayWait, now);
    }

    private String entered(Place place) {
        assertThat(((Gate.Entered) enter(place, NO_WAIT)).turn().toCompletableFuture())
                .isCompleted();
        return place.callId();
    }

    private String entered(List<Scope> trunks) {
        return entered(new Place("call" + ++calls, "acct", List.of(), trunks, Optional.empty()));
    }

    private CompletableFuture<Void> waits(Place place, Duration mayWait) {
        CompletableFuture<Void> turn =
                ((Gate.Entered) enter(place, mayWait)).turn().toCompletableFuture();
        assertThat(turn).isNotDone();
        return turn;
    }

    private Place account(int cps, int concurrent) {
        return new Place(
                "call" + ++calls, "acct", List.of(scope("acct", cps, concurrent)), List.of(), Optional.empty());
    }

    private Place place(String account, int concurrent) {
        return new Place(
                "call" + ++calls, account, List.of(scope(account, 0, concurrent)), List.of(), Optional.empty());
    }

    private static Scope scope(String key, int cps, int concurrent) {
        return new Scope(key, new Limit(some(cps), some(concurrent)));
    }

    private static OptionalInt some(int limit) {
        return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
    }
}
