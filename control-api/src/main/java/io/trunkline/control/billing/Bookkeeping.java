package io.trunkline.control.billing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.trunkline.control.call.Admission;
import io.trunkline.control.call.TrunkDirectory;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The billing of a node, put together: admission for call control, and the rounds that let waiting calls in, meter those
 * that talk and settle those that ended. Owns the one Vert.x context on which all but the gate lives.
 */
public final class Bookkeeping implements AutoCloseable {
    private static final Duration QUEUE_ROUND = Duration.ofMillis(50);
    private static final Duration METER_ROUND = Duration.ofSeconds(1);
    private static final Duration SWEEP_ROUND = Duration.ofMinutes(1);
    private static final int QUEUE_CAPACITY = 4000;
    private static final int QUEUE_SHARE_OF_AN_ACCOUNT = 1000;
    private static final int UNSETTLED_CAPACITY = 50_000;

    private final Vertx vertx;
    private final Context context;
    private final LongSupplier nanos;
    private final Gate gate;
    private final Meter meter;
    private final Settlements settlements;
    private final Sweep sweep;
    private final Billing admission;
    private final Outage sweeping = new Outage("looking for calls left unsettled");
    private final List<Long> rounds = new ArrayList<>();

    public Bookkeeping(
            Vertx vertx,
            Pool pool,
            TrunkDirectory trunks,
            Clock clock,
            LongSupplier nanos,
            String node,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.nanos = nanos;
        this.context = vertx.getOrCreateContext();
        Executor owner = task -> context.runOnContext(_ -> task.run());
        Ledger ledger = new Ledger(pool, clock);
        Books books = new OneAtATime(ledger);
        this.gate = new Gate(new CallQueue(QUEUE_CAPACITY, QUEUE_SHARE_OF_AN_ACCOUNT), waitTimer(metrics));
        this.meter = new Meter(books, owner);
        this.settlements = new Settlements(books, owner, UNSETTLED_CAPACITY);
        this.sweep = new Sweep(pool, settlements, clock, node);
        this.admission = new Billing(
                new PgTerms(pool, clock), trunks, gate, meter, settlements, ledger::cut, clock, nanos, node);
        Gauge.builder("trunkline_call_queue_length", gate, Gate::waiting)
                .description("Calls that wait for calls a second or a free channel")
                .register(metrics);
        context.runOnContext(_ -> startRounds());
    }

    private static LongConsumer waitTimer(MeterRegistry metrics) {
        Timer timer = Timer.builder("trunkline_call_queue_wait")
                .description("How long calls waited that got their turn")
                .register(metrics);
        return waited -> timer.record(waited, TimeUnit.NANOSECONDS);
    }

    /** On the owned context, which every timer set here returns to. */
    private void startRounds() {
        rounds.add(vertx.setPeriodic(QUEUE_ROUND.toMillis(), _ -> gate.tick(nanos.getAsLong())));
        rounds.add(vertx.setPeriodic(METER_ROUND.toMillis(), _ -> {
            meter.tick(nanos.getAsLong());
            settlements.tick();
        }));
        rounds.add(vertx.setPeriodic(SWEEP_ROUND.toMillis(), _ -> sweepUp()));
        sweepUp();
    }

    private void sweepUp() {
        sweep.run().onComplete(sweeping::after);
    }

    public Admission admission() {
        return admission;
    }

    /** How many nodes share the limits on calls a second; one unless told. */
    public void nodes(IntSupplier count) {
        admission.nodes(count);
    }

    /** Calls that hold a channel, and ended ones whose money is not settled yet. */
    public int held() {
        return gate.inside() + settlements.waiting();
    }

    /** Ends the rounds; what is not settled yet is found by the next start's sweep. */
    @Override
    public void close() {
        context.runOnContext(_ -> rounds.forEach(vertx::cancelTimer));
    }
}
