package io.trunkline.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What 500 calls a second write, durably, to a PostgreSQL on this machine. {@code -Devents.calls} and
 * {@code -Devents.seconds} try other figures.
 */
@Tag("full")
class EventRateTest {
    private static final int CALLS = Integer.getInteger("events.calls", 500);
    private static final int SECONDS = Integer.getInteger("events.seconds", 20);
    private static final List<String> LIFE = List.of(
            "call.dialing",
            "call.ringing",
            "call.answered",
            "playback.started",
            "amd.result",
            "playback.finished",
            "call.ended");
    private static final int MOST_AT_ONCE = 20_000;
    private static final long MOST_MICROS = 60_000_000;

    private final ConcurrentHistogram latency = new ConcurrentHistogram(MOST_MICROS, 3);
    private final LongAdder failed = new LongAdder();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ConcurrentLinkedQueue<Committed> committed = new ConcurrentLinkedQueue<>();

    @Test
    void fiveHundredCallsASecondAreWrittenAsTheyHappen() throws Exception {
        try (TestStorage storage = new TestStorage()) {
            PgCallStore store = new PgCallStore(
                    storage.vertx(),
                    storage.writers(),
                    storage.claim("n1"),
                    MoneyHolds.NONE,
                    committed::addAll,
                    storage.folder().resolve("journal"));
            CallSnapshot.Owner owner = new CallSnapshot.Owner(
                    storage.idOf("accounts", "default"), storage.idOf("applications", "default"));
            long begun = System.nanoTime();
            int calls = CALLS * SECONDS;
            for (int i = 0; i < calls; i++) {
                LockSupport.parkNanos(begun + i * (1_000_000_000L / CALLS) - System.nanoTime());
                live(store, TestCalls.call(owner));
            }
            places.acquire(MOST_AT_ONCE);
            double seconds = (System.nanoTime() - begun) / 1e9;
            int events = calls * (LIFE.size() + 1);
            System.out.printf(
                    "%d calls of %d events in %.1f s: %.0f calls/s, %.0f events/s; durable after p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    calls,
                    LIFE.size() + 1,
                    seconds,
                    calls / seconds,
                    events / seconds,
                    latency.getValueAtPercentile(50) / 1e3,
                    latency.getValueAtPercentile(99) / 1e3,
                    latency.getMaxValue() / 1e3);
            assertThat(failed.sum()).isZero();
            assertThat(committed.size()).isEqualTo(events);
            assertThat(storage.query("select count(*) as n from call_events")
                            .getFirst()
                            .getLong("n"))
                    .isEqualTo(events);
            if (Boolean.getBoolean("measure.strict")) {
                assertThat(calls / seconds).as("calls a second").isGreaterThan(CALLS * 0.95);
            }
        }
    }

    /** One event after another, each when the one before it is durable, as call control does. */
    private void live(PgCallStore store, CallSnapshot call) throws InterruptedException {
        places.acquire();
        CallEvent created = TestCalls.event(call, 1, "call.created");
        CompletionStage<Void> last = timed(store.create(created, Optional.empty(), Optional.empty()));
        for (int i = 0; i < LIFE.size(); i++) {
            String type = LIFE.get(i);
            CallSnapshot snapshot = type.equals("call.ended") ? TestCalls.ended(call) : call;
            CallEvent event = TestCalls.event(snapshot, i + 2L, type);
            last = last.thenCompose(before -> timed(store.append(List.of(event))));
        }
        last.whenComplete((done, failure) -> {
            failed.add(failure == null ? 0 : 1);
            places.release();
        });
    }

    private CompletionStage<Void> timed(CompletionStage<Void> write) {
        long begun = System.nanoTime();
        return write.whenComplete(
                (done, failure) -> latency.recordValue(Math.clamp((System.nanoTime() - begun) / 1000, 0, MOST_MICROS)));
    }
}
