package io.trunkline.control.bench;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * {@code bench api}: reads, and writes that dial nobody. Latency counts from when a request was due, so that a server
 * that stalls cannot hide it by slowing the client down.
 */
final class ApiBench {
    private static final long MOST_MICROS = 60_000_000L;

    private final BenchOptions options;
    private final Bench bench;

    private ApiBench(BenchOptions options, Bench bench) {
        this.options = options;
        this.bench = bench;
    }

    static Figures run(BenchOptions options) throws IOException, InterruptedException {
        try (Bench bench = Bench.open(options)) {
            return new ApiBench(options, bench).measure();
        }
    }

    private Figures measure() throws InterruptedException {
        JsonObject patchable = Api.ok(bench.admin.post("/v1/accounts", new JsonObject().put("name", "bench")));
        Figures figures = new Figures();
        round(figures, "get", () -> bench.api.get("/v1/calls?limit=1"));
        String credits = "/v1/accounts/" + patchable.getString("id") + "/credits";
        round(figures, "post", () -> bench.admin.post(credits, new JsonObject().put("amount", "1.00")));
        return figures;
    }

    private void round(Figures figures, String name, Supplier<Future<Api.Reply>> request) throws InterruptedException {
        new Round(request).run(options.warmupSeconds());
        long before = bench.cpu.map(ServerCpu::serverMillis).orElse(0L);
        Round round = new Round(request);
        long begun = System.nanoTime();
        round.run(options.seconds());
        double seconds = (System.nanoTime() - begun) / 1e9;
        long cpu = bench.cpu.map(ServerCpu::serverMillis).orElse(0L) - before;
        long done = round.latency.getTotalCount();
        figures.put(name + "_per_second", done / seconds)
                .put(name + "_failed", round.failed.sum())
                .millis(name + "_ms", round.latency)
                .put(name + "_cpu_ms", (double) cpu / Math.max(1, done));
    }

    /** One kind of request for a while. */
    private final class Round {
        private final Histogram latency = new ConcurrentHistogram(MOST_MICROS, 3);
        private final LongAdder failed = new LongAdder();
        private final Semaphore free = new Semaphore(options.concurrent());
        private final Supplier<Future<Api.Reply>> request;

        Round(Supplier<Future<Api.Reply>> request) {
            this.request = request;
        }

        void run(int seconds) throws InterruptedException {
            long step = 1_000_000_000L / Math.max(1, options.rate());
            long due = System.nanoTime();
            long end = due + TimeUnit.SECONDS.toNanos(seconds);
            while (due < end && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                free.acquire();
                send(due);
                due += step;
            }
            free.acquire(options.concurrent());
        }

        private void send(long due) {
            request.get().onComplete(reply -> {
                free.release();
                latency.recordValue(Math.clamp((System.nanoTime() - due) / 1000, 0, MOST_MICROS));
                if (reply.failed() || reply.result().status() / 100 != 2) {
                    failed.increment();
                }
            });
        }
    }
}
