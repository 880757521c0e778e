package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the API takes to answer while calls are up. Latency counts from when a request was due. {@code -Dapi.live},
 * {@code -Dapi.posts}, {@code -Dapi.gets} and {@code -Dapi.seconds} try other figures.
 */
@Tag("full")
class ApiLatencyTest {
    private static final int LIVE = Integer.getInteger("api.live", 200);
    private static final int POSTS = Integer.getInteger("api.posts", 100);
    private static final int GETS = Integer.getInteger("api.gets", 1000);
    private static final int SECONDS = Integer.getInteger("api.seconds", 20);
    private static final String STAYS = "+15550100001";
    private static final String BUSY = "+15550100003";

    @TempDir
    Path folder;

    @Test
    void placingAndReadingCallsBesideLiveOnes() throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            String live = "";
            for (int i = 0; i < LIVE; i++) {
                live = server.call(new JsonObject().put("to", STAYS));
                TimeUnit.MILLISECONDS.sleep(20);
            }
            server.awaitEvent(live, "call.answered");
            String one = live;
            Callable<HttpResponse<String>> post = () ->
                    server.post("/v1/calls", new JsonObject().put("to", BUSY).encode());
            Callable<HttpResponse<String>> get = () -> server.get("/v1/calls/" + one);
            new Round(post, POSTS).run(SECONDS / 4 + 1);
            Round posts = new Round(post, POSTS);
            Measured.atLeast("POST /v1/calls a second", posts.run(SECONDS), POSTS * 0.98);
            posts.report("POST /v1/calls beside " + LIVE + " calls", 25);
            new Round(get, GETS).run(SECONDS / 4 + 1);
            Round gets = new Round(get, GETS);
            Measured.atLeast("GET /v1/calls/{id} a second", gets.run(SECONDS), GETS * 0.98);
            gets.report("GET /v1/calls/{id} beside " + LIVE + " calls", 25);
            assertThat(new JsonObject(server.get("/v1/calls/" + one).body()).getString("status"))
                    .as("the live calls are live")
                    .isEqualTo("in_progress");
        }
    }

    /** One kind of request at a rate. */
    private static final class Round {
        private final Histogram latency = Measured.micros();
        private final LongAdder failed = new LongAdder();
        private final Callable<HttpResponse<String>> request;
        private final int rate;

        Round(Callable<HttpResponse<String>> request, int rate) {
            this.request = request;
            this.rate = rate;
        }

        /** Returns how many were answered a second. */
        double run(int seconds) {
            long step = 1_000_000_000L / rate;
            long begun = System.nanoTime();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (long i = 0; i < (long) rate * seconds; i++) {
                    long due = begun + i * step;
                    LockSupport.parkNanos(due - System.nanoTime());
                    threads.execute(() -> one(due));
                }
            }
            return latency.getTotalCount() * 1e9 / (System.nanoTime() - begun);
        }

        private void one(long due) {
            try {
                int status = request.call().statusCode();
                synchronized (latency) {
                    Measured.record(latency, System.nanoTime() - due);
                }
                failed.add(status / 100 == 2 ? 0 : 1);
            } catch (Exception broken) {
                failed.increment();
            }
        }

        void report(String what, double mostMillis) {
            Measured.millis(what, latency, 99, mostMillis);
            assertThat(failed.sum()).as("failed " + what).isZero();
        }
    }
}
