package io.trunkline.control.bench;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the server tells of each call afterwards, held against what it promised: a log without holes, with everything a
 * call of this kind goes through, and every event of it as a webhook, in order.
 *
 * @param eventsMissing holes in the logs, and steps that no log tells of
 */
record Audit(long events, long eventsMissing, long webhooksMissing, long webhooksOutOfOrder) {
    private static final int AT_ONCE = 32;
    private static final long WEBHOOK_SECONDS = 30;
    private static final int AMD_NEEDS_MILLIS = 4500;

    static Audit of(Api api, Collection<Journey> journeys, BenchOptions options) throws InterruptedException {
        List<Journey> created =
                journeys.stream().filter(journey -> !journey.id().isEmpty()).toList();
        Set<String> expected = expected(options);
        long events = 0;
        long missing = 0;
        long unheard = 0;
        for (int from = 0; from < created.size(); from += AT_ONCE) {
            List<Journey> some = created.subList(from, Math.min(created.size(), from + AT_ONCE));
            List<Future<JsonArray>> logs = new ArrayList<>();
            some.forEach(journey -> logs.add(log(api, journey)));
            for (int i = 0; i < some.size(); i++) {
                JsonArray log = Api.await(logs.get(i));
                events += log.size();
                missing += missing(log, expected);
                unheard += unheard(log, some.get(i));
            }
        }
        long late = journeys.stream().filter(Journey::outOfOrder).count();
        return new Audit(events, missing, unheard, late);
    }

    private static Future<JsonArray> log(Api api, Journey journey) {
        return api.get("/v1/calls/" + journey.id() + "/events?limit=1000")
                .map(reply -> reply.json().getJsonArray("items", new JsonArray()));
    }

    private static Set<String> expected(BenchOptions options) {
        Set<String> types = new HashSet<>(Set.of(
                "call.created",
                "call.dialing",
                "call.ringing",
                "call.answered",
                "playback.started",
                "playback.finished",
                "call.ended"));
        if (options.record()) {
            types.addAll(Set.of("recording.started", "recording.completed"));
        }
        if (options.amd() && options.talkMillis() >= AMD_NEEDS_MILLIS) {
            types.add("amd.result");
        }
        return types;
    }

    private static long missing(JsonArray log, Set<String> expected) {
        Set<String> absent = new HashSet<>(expected);
        long holes = 0;
        int seq = 0;
        for (Object item : log) {
            JsonObject event = (JsonObject) item;
            absent.remove(event.getString("type"));
            holes += event.getInteger("seq") - seq - 1;
            seq = event.getInteger("seq");
        }
        return holes + absent.size();
    }

    /** The last ones may still be on their way. */
    private static long unheard(JsonArray log, Journey journey) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WEBHOOK_SECONDS);
        long unheard = countUnheard(log, journey);
        while (unheard > 0 && System.nanoTime() < end) {
            Thread.sleep(50);
            unheard = countUnheard(log, journey);
        }
        return unheard;
    }

    private static long countUnheard(JsonArray log, Journey journey) {
        return log.stream()
                .filter(event -> !journey.heard(((JsonObject) event).getInteger("seq")))
                .count();
    }
}
