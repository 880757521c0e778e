package io.trunkline.control.bench;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the server still holds when no call is up any more. */
record Leaks(long dialogs, long ports, long timers, long reservations) {
    /** A BYE nobody answers is given up after 32 s (RFC 3261, Timer F); the rest is gone much sooner. */
    private static final long SECONDS = 40;

    static Leaks await(Bench bench) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Leaks now = of(bench.metrics());
        while (!now.isNothing() && System.nanoTime() < end) {
            Thread.sleep(500);
            now = of(bench.metrics());
        }
        return now;
    }

    private static Leaks of(Map<String, Double> metrics) {
        return new Leaks(
                figure(metrics, "trunkline_sip_dialogs"),
                figure(metrics, "trunkline_media_ports_in_use"),
                figure(metrics, "trunkline_call_timers") + figure(metrics, "trunkline_sip_timers"),
                figure(metrics, "trunkline_calls_held") + figure(metrics, "trunkline_calls_active"));
    }

    /** A figure that the server does not tell is no proof of anything. */
    private static long figure(Map<String, Double> metrics, String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalStateException("the server's metrics lack " + name);
        }
        return value.longValue();
    }

    private boolean isNothing() {
        return dialogs + ports + timers + reservations == 0;
    }

    JsonObject json() {
        return new JsonObject()
                .put("dialogs", dialogs)
                .put("ports", ports)
                .put("timers", timers)
                .put("reservations", reservations);
    }
}
