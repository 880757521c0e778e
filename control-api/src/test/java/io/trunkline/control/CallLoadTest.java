package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.testing.Sipp;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls by the whole program, from the POST through PostgreSQL and SIP to a SIPp carrier that hangs up. */
@Tag("full")
class CallLoadTest {
    private static final int PER_SECOND = Integer.getInteger("call.load.cps", 200);
    private static final int SECONDS = Integer.getInteger("call.load.seconds", 60);
    private static final int WARM_UP = 10;
    private static final Set<String> HOLDERS = Set.of(
            "trunkline_sip_dialogs",
            "trunkline_sip_transactions",
            "trunkline_sip_timers",
            "trunkline_calls_active",
            "trunkline_calls_held",
            "trunkline_call_timers",
            "trunkline_media_sessions",
            "trunkline_media_ports_in_use");

    @TempDir
    private Path folder;

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    @Test
    void completesEveryCallAndLeavesNothing() throws Exception {
        int calls = PER_SECOND * SECONDS;
        try (RunningServer server = new RunningServer(folder);
                Sipp carrier = Sipp.callee("callee-hangs-up", calls)) {
            trunk(server, carrier);
            Duration before = server.cpu();
            Instant start = Instant.now();
            place(server, calls);
            assertThat(refused.sum()).isZero();
            RunningServer.await("all ended", () -> count(server, "active") == 0);
            double cpuMs = server.cpu().minus(before).toMillis() / (double) calls;
            Duration took = Duration.between(start, Instant.now());
            carrier.succeeds();
            assertThat(count(server, "failed")).isZero();
            RunningServer.await(
                    "nothing is left: " + left(server), () -> left(server).isEmpty());
            System.out.printf(
                    "%d calls at %d/s in %s, %d accepted, 0 failed, %.2f ms CPU a call%n",
                    calls, PER_SECOND, took, accepted.sum(), cpuMs);
        }
    }

    private static void trunk(RunningServer server, Sipp carrier) throws Exception {
        String body = "{\"name\": \"carrier\", \"hosts\": [{\"host\": \"127.0.0.1\", \"port\": " + carrier.port + "}]}";
        assertThat(server.post("/v1/trunks", body, RunningServer.ADMIN_KEY).statusCode())
                .isEqualTo(201);
    }

    /** At absolute times; the first seconds go slower, while the JVM warms up. */
    private void place(RunningServer server, int calls) throws Exception {
        long step = 1_000_000_000L / PER_SECOND;
        long at = System.nanoTime();
        Semaphore atOnce = new Semaphore(64);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < calls; i++) {
                at += i < WARM_UP * PER_SECOND / 5 ? step * 5 : step;
                LockSupport.parkNanos(at - System.nanoTime());
                atOnce.acquire();
                threads.execute(() -> {
                    one(server);
                    atOnce.release();
                });
            }
        }
    }

    private void one(RunningServer server) {
        try {
            HttpResponse<String> created =
                    server.post("/v1/calls", "{\"to\": \"+15557654321\", \"trunk\": \"carrier\"}");
            (created.statusCode() == 201 ? accepted : refused).increment();
        } catch (Exception e) {
            refused.increment();
        }
    }

    /** What holds something for a call, each of which must be there to be read, and zero when nobody calls. */
    private static Map<String, Long> left(RunningServer server) {
        Map<String, Long> left = new TreeMap<>();
        try {
            for (String line : server.get("/metrics").body().split("\n", -1)) {
                HOLDERS.stream()
                        .filter(name -> line.matches(name + "(\\{.*)? .*"))
                        .forEach(name -> {
                            long value = (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                            left.merge(name, value, Long::sum);
                        });
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(left.keySet()).containsAll(HOLDERS);
        left.values().removeIf(value -> value == 0);
        return left;
    }

    private static int count(RunningServer server, String status) {
        try {
            String page = server.get("/v1/calls?limit=1000&status=" + status).body();
            return Optional.ofNullable(new JsonObject(page).getJsonArray("items"))
                    .orElseThrow(() -> new AssertionError(page))
                    .size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
