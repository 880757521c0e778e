package io.trunkline.control.billing;

import io.trunkline.control.billing.Place.Scope;
import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.Limit;
import io.trunkline.control.call.Money;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.TrunkDirectory;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Admission in the order of the API: rate, destination and caller id, spend limits, calls a second and at once, balance;
 * then the call's money to its end. Any thread.
 */
final class Billing implements Admission {
    private final TermsSource terms;
    private final TrunkDirectory trunks;
    private final Gate gate;
    private final Meter meter;
    private final Settlements settlements;
    private final Function<List<String>, Future<Map<String, CallSnapshot.Charge>>> cut;
    private final Clock clock;
    private final LongSupplier nanos;
    private final String node;
    private volatile IntSupplier nodes = () -> 1;

    Billing(
            TermsSource terms,
            TrunkDirectory trunks,
            Gate gate,
            Meter meter,
            Settlements settlements,
            Function<List<String>, Future<Map<String, CallSnapshot.Charge>>> cut,
            Clock clock,
            LongSupplier nanos,
            String node) {
        this.terms = terms;
        this.trunks = trunks;
        this.gate = gate;
        this.meter = meter;
        this.settlements = settlements;
        this.cut = cut;
        this.clock = clock;
        this.nanos = nanos;
        this.node = node;
    }

    @Override
    public CompletionStage<Decision> admit(NewCall plan, List<String> trunkIds) {
        return terms.of(plan, CallDirection.OUTBOUND).thenApply(found -> decide(plan, trunkIds, found));
    }

    private Decision decide(NewCall plan, List<String> trunkIds, Terms found) {
        Policy policy = Policy.check(plan, found, clock.instant());
        List<String> mayTry = ofTheLine(plan, found).map(List::of).orElse(trunkIds);
        return switch (gate.enter(place(plan, mayTry, found), plan.mayQueue(), nanos.getAsLong())) {
            case Gate.LineTaken(String callId) -> new LineBusy(callId);
            case Gate.Full(var refusal) -> throw refusal;
            case Gate.Entered(CompletionStage<Void> turn, Optional<String> trunk) -> {
                if (found.isTooPoorFor(policy.hold())) {
                    gate.undo(plan.callId());
                    throw Refusals.poor(policy.hold());
                }
                yield grant(policy, startingWith(trunk, mayTry), held(plan, policy, found, trunk), turn);
            }
        };
    }

    @Override
    public CompletionStage<Grant> admitInbound(NewCall plan, String trunkId) {
        return terms.of(plan, CallDirection.INBOUND).thenApply(found -> {
            Policy policy = Policy.checkInbound(plan, found);
            List<String> trunk = List.of(trunkId);
            return switch (gate.enter(place(plan, trunk, found), Duration.ZERO, nanos.getAsLong())) {
                case Gate.LineTaken(String callId) -> throw CallRefused.lineTaken(callId);
                case Gate.Full(var refusal) -> throw refusal;
                case Gate.Entered(CompletionStage<Void> turn, Optional<String> taken) -> {
                    if (found.isTooPoorFor(policy.hold())) {
                        gate.undo(plan.callId());
                        throw Refusals.poor(policy.hold());
                    }
                    yield grant(policy, trunk, held(plan, policy, found, taken), turn);
                }
            };
        });
    }

    private Hold held(NewCall plan, Policy policy, Terms found, Optional<String> trunk) {
        Place place = place(plan, trunk.stream().toList(), found);
        return new Hold(
                plan.callId(),
                plan.owner().accountId(),
                node,
                policy.hold(),
                policy.tariff(),
                place.exclusiveLine(),
                channels(place));
    }

    /** What is limited and this call has a channel of: with this node's calls taken off, that is left to the others. */
    private List<Channel> channels(Place place) {
        return Stream.concat(place.scopes().stream(), place.trunks().stream())
                .filter(scope -> scope.limit().concurrent().isPresent())
                .map(scope ->
                        new Channel(scope.key(), scope.limit().concurrent().getAsInt() - gate.active(scope.key())))
                .toList();
    }

    private Grant grant(Policy policy, List<String> trunkIds, Hold hold, CompletionStage<Void> turn) {
        meter.granted(hold);
        return new Grant(policy.from(), trunkIds, policy.tariff(), Optional.of(hold), turn);
    }

    /** Several nodes share calls a second evenly: each lets in its part of them. */
    void nodes(IntSupplier count) {
        nodes = count;
    }

    private Scope scope(String key, Limit limit) {
        int sharing = Math.max(1, nodes.getAsInt());
        OptionalInt cps =
                limit.cps().stream().map(all -> Math.ceilDiv(all, sharing)).findFirst();
        return new Scope(key, new Limit(cps, limit.concurrent()));
    }

    private Place place(NewCall plan, List<String> trunkIds, Terms found) {
        List<Scope> scopes = new ArrayList<>();
        scopes.add(scope(found.account().id(), found.account().limit()));
        scopes.add(scope(found.application().id(), found.application().limit()));
        found.line().ifPresent(line -> scopes.add(scope(line.id(), line.limit())));
        return new Place(
                plan.callId(),
                found.account().id(),
                scopes,
                trunkIds.stream().map(this::trunk).toList(),
                found.line().filter(Terms.Line::exclusive).map(Terms.Line::id));
    }

    /** A line with a trunk of its own calls through that alone, unless the call names another. */
    private Optional<String> ofTheLine(NewCall plan, Terms found) {
        return found.line()
                .flatMap(Terms.Line::trunk)
                .filter(_ -> plan.trunk().isEmpty())
                .map(name -> trunks.find(found.account().id(), name)
                        .orElseThrow(() ->
                                CallRefused.of(400, "no_active_trunk", "The line's trunk '" + name + "' is gone.")));
    }

    private Scope trunk(String trunkId) {
        return scope(trunkId, trunks.limit(trunkId));
    }

    /** The trunk whose channel the call has got comes first, the others stay in their order. */
    private static List<String> startingWith(Optional<String> trunk, List<String> trunkIds) {
        List<String> ordered = new ArrayList<>(trunkIds);
        trunk.ifPresent(first -> {
            ordered.remove(first);
            ordered.addFirst(first);
        });
        return List.copyOf(ordered);
    }

    @Override
    public void withdrawn(String callId) {
        meter.over(callId);
        gate.undo(callId);
        gate.tick(nanos.getAsLong());
    }

    @Override
    public boolean moveTo(String callId, String trunkId) {
        return gate.moveTo(callId, trunk(trunkId), nanos.getAsLong());
    }

    @Override
    public void answered(String callId, long answeredNanos, Payer payer) {
        meter.answered(callId, answeredNanos, payer);
    }

    @Override
    public void ended(CallSnapshot call) {
        gate.leave(call.id(), nanos.getAsLong());
        meter.over(call.id());
        Money cost = new Money(call.charge().cost(), call.charge().currency());
        settlements.add(new Books.Settlement(call.id(), call.owner().accountId(), cost));
    }

    @Override
    public CompletionStage<Map<String, CallSnapshot.Charge>> cut(List<String> callIds) {
        return cut.apply(callIds).toCompletionStage();
    }
}
