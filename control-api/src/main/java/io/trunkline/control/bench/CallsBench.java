package io.trunkline.control.bench;

import io.vertx.core.AsyncResult;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/** {@code bench calls}: whole calls, from the POST to the last webhook. */
final class CallsBench {
    private static final String PREFIX = "+1555";
    private static final long END_SECONDS = 60;
    private static final long MOST_MICROS = 600_000_000L;

    private final BenchOptions options;
    private final Bench bench;
    private final Map<String, Journey> journeys = new ConcurrentHashMap<>();
    private final AtomicInteger up = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();

    private CallsBench(BenchOptions options, Bench bench) {
        this.options = options;
        this.bench = bench;
    }

    static Figures run(BenchOptions options) throws IOException, InterruptedException {
        try (CalleeProcess callee = new CalleeProcess();
                CarrierProcess carrier = new CarrierProcess(callee.ports(), options.ringMillis());
                Bench bench = Bench.open(options)) {
            return new CallsBench(options, bench).measure(callee, carrier);
        }
    }

    private Figures measure(CalleeProcess callee, CarrierProcess carrier) throws IOException, InterruptedException {
        WebhookReceiver webhooks = new WebhookReceiver(bench.vertx, this::onWebhook);
        String callback = Api.await(webhooks.listen());
        bench.addTrunk(carrier.port(), PREFIX);
        JsonObject call = plan(upload(), callback);
        place(call, options.warmupSeconds());
        awaitEnds();
        journeys.clear();
        callee.begin();
        Cpu before = cpu();
        long begun = System.nanoTime();
        place(call, options.seconds());
        long placing = System.nanoTime() - begun;
        awaitEnds();
        Cpu used = cpu().since(before);
        Audit audit = Audit.of(bench.api, journeys.values(), options);
        Leaks leaks = Leaks.await(bench);
        return figures(audit, leaks, callee.stop(), carrier.stop(), used, placing);
    }

    /** In milliseconds. */
    private record Cpu(long server, long compiler, long database) {
        Cpu since(Cpu earlier) {
            return new Cpu(server - earlier.server, compiler - earlier.compiler, database - earlier.database);
        }
    }

    private Cpu cpu() {
        return bench.cpu
                .map(cpu -> new Cpu(cpu.serverMillis(), cpu.compilerMillis(), cpu.databaseMillis()))
                .orElse(new Cpu(0, 0, 0));
    }

    private String upload() {
        byte[] wav = Chime.wav(options.talkMillis());
        JsonObject media = Api.ok(bench.api.post(
                "/v1/media",
                new JsonObject().put("audio_base64", Base64.getEncoder().encodeToString(wav))));
        return media.getString("id");
    }

    private JsonObject plan(String mediaId, String callback) {
        JsonObject call = new JsonObject()
                .put("play", new JsonObject().put("media_id", mediaId))
                .put("callback_url", callback)
                .put("timeout", 30);
        if (options.record()) {
            call.put("record", true);
        }
        return options.amd() ? call.put("amd", true) : call;
    }

    /** At absolute times; while more calls are up than asked for, the next waits. */
    private void place(JsonObject plan, int seconds) throws InterruptedException {
        long step = 1_000_000_000L / Math.max(1, options.rate());
        long next = System.nanoTime();
        long end = next + TimeUnit.SECONDS.toNanos(seconds);
        while (next < end) {
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            while (up.get() > options.concurrent() + options.concurrent() / 10 + 1 && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            begin(plan);
            next += step;
        }
    }

    private void begin(JsonObject plan) {
        String number = PREFIX + "%08d".formatted(numbers.incrementAndGet());
        Journey journey = new Journey(number, Micros.now());
        journeys.put(number, journey);
        up.incrementAndGet();
        bench.api.post("/v1/calls", plan.copy().put("to", number)).onComplete(reply -> {
            if (reply.succeeded() && reply.result().status() == 201) {
                journey.onCreated(reply.result().json().getString("id"), Micros.now());
            } else {
                over(journey, refusal(reply));
            }
        });
    }

    private static String refusal(AsyncResult<Api.Reply> reply) {
        return reply.failed()
                ? String.valueOf(reply.cause().getMessage())
                : reply.result().status() + " " + reply.result().json().getString("code");
    }

    private void over(Journey journey, String status) {
        if (journey.onEnded(status)) {
            up.decrementAndGet();
        }
    }

    private void onWebhook(JsonObject event) {
        JsonObject call = event.getJsonObject("call");
        Journey journey = journeys.get(call.getString("to"));
        if (journey != null) {
            journey.onWebhook(event.getInteger("seq"));
            if (event.getString("type").equals("call.ended")) {
                over(journey, outcome(call));
            }
        }
    }

    private static String outcome(JsonObject call) {
        String status = call.getString("status");
        return status.equals("completed")
                ? status
                : status + " " + call.getJsonObject("cause").getString("code");
    }

    /** How calls failed, and how many in each way. */
    private static JsonObject failures(Collection<Journey> journeys) {
        JsonObject failures = new JsonObject();
        journeys.stream().filter(journey -> !journey.completed()).forEach(journey -> {
            String how = journey.ended() ? journey.status() : "never ended";
            failures.put(how, failures.getInteger(how, 0) + 1);
        });
        return failures;
    }

    private void awaitEnds() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS) + options.talkMillis() * 1_000_000L;
        while (up.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    private Figures figures(
            Audit audit,
            Leaks leaks,
            CalleeProcess.Heard heard,
            Map<String, CarrierProcess.Seen> seen,
            Cpu used,
            long placingNanos) {
        Collection<Journey> all = journeys.values();
        int calls = all.size();
        Histogram setup = new Histogram(MOST_MICROS, 3);
        Histogram invite = new Histogram(MOST_MICROS, 3);
        Histogram post = new Histogram(MOST_MICROS, 3);
        for (Journey journey : all) {
            CarrierProcess.Seen there = seen.getOrDefault(journey.number, new CarrierProcess.Seen(0, 0));
            record(setup, there.ackMicros(), journey.postedMicros + options.ringMillis() * 1000L);
            record(invite, there.inviteMicros(), journey.postedMicros);
            if (journey.postMicros() > 0) {
                post.recordValue(Math.min(journey.postMicros(), MOST_MICROS));
            }
        }
        return new Figures()
                .put("calls", calls)
                .put(
                        "failed",
                        all.stream().filter(journey -> !journey.completed()).count())
                .put("failures", failures(all))
                .put("rate", calls * 1e9 / placingNanos)
                .put("concurrent", options.concurrent())
                .put("talk_ms", options.talkMillis())
                .put("recording", options.record())
                .put("detecting", options.amd())
                .millis("setup_ms", setup)
                .millis("post_to_invite_ms", invite)
                .millis("post_ms", post)
                .put("cpu_ms_per_call", (double) used.server / Math.max(1, calls))
                .put("of_that_compiling", (double) used.compiler / Math.max(1, calls))
                .put("database_cpu_ms_per_call", (double) used.database / Math.max(1, calls))
                .put("events", audit.events())
                .put("events_missing", audit.eventsMissing())
                .put("webhooks_missing", audit.webhooksMissing())
                .put("webhooks_out_of_order", audit.webhooksOutOfOrder())
                .put("calls_heard", heard.calls())
                .put("packets_heard", heard.packets())
                .millis("media_lateness_ms", heard.lateness())
                .millis("media_interarrival_error_ms", heard.interarrival())
                .put("leaked", leaks.json());
    }

    private static void record(Histogram histogram, long seen, long from) {
        if (seen > 0) {
            histogram.recordValue(Math.clamp(seen - from, 0, MOST_MICROS));
        }
    }
}
