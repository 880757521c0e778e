package io.trunkline.control.http;

import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.CallStore;
import io.trunkline.control.call.Diagnosis;
import io.trunkline.control.store.CallJson;
import io.trunkline.control.store.CallQueries;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.Labels;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.Times3;
import io.trunkline.control.store.UsageQueries;
import io.trunkline.media.LegStats;
import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a call went as it did, and what calls add up to. */
final class InsightRoutes {
    private static final int EVENTS = 1000;

    private final CallQueries calls;
    private final EventQueries events;
    private final CallStore store;
    private final CallTraces traces;
    private final Labels labels;
    private final UsageQueries usage;
    private final InstantSource clock;

    InsightRoutes(
            CallQueries calls,
            EventQueries events,
            CallStore store,
            CallTraces traces,
            Labels labels,
            UsageQueries usage,
            InstantSource clock) {
        this.calls = calls;
        this.events = events;
        this.store = store;
        this.traces = traces;
        this.labels = labels;
        this.usage = usage;
        this.clock = clock;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "getTrace", this::trace,
                "getQuality", this::quality,
                "getDiagnosis", this::diagnosis,
                "putAmdLabel", this::label,
                "listAmdLabels", this::labelled,
                "getUsage", this::usage,
                "getSummary", this::summary);
    }

    private Future<Answer> trace(Ask ask) {
        return find(ask).compose(call -> traces.of(ask.id())).map(entries -> switch (ask.text("format")
                .orElse("json")) {
            case "text" -> new Answer.Text(200, "text/plain; charset=utf-8", traces.ladder(entries), Map.of());
            case "pcap" -> capture(traces.capture(entries));
            default -> Answer.ok(new JsonObject().put("items", json(entries)));
        });
    }

    private Future<Answer> quality(Ask ask) {
        return find(ask).map(call -> {
            JsonArray items = new JsonArray();
            traces.quality(ask.id())
                    .forEach(sample -> items.add(CallJson.quality(sample.stats())
                            .put("at", Times3.text(sample.at()))
                            .put("late", late(sample.stats()))));
            return Answer.ok(new JsonObject().put("items", items).put("next_cursor", null));
        });
    }

    /** The share of packets that came too late to be played. */
    private static double late(LegStats stats) {
        return stats.packetsIn() == 0 ? 0 : (double) stats.packetsLate() / stats.packetsIn();
    }

    private static Answer capture(Buffer file) {
        return new Answer.Direct(request -> {
            request.resume();
            request.response()
                    .putHeader("Content-Type", "application/vnd.tcpdump.pcap")
                    .end(file);
        });
    }

    private static JsonArray json(List<TraceEntry> entries) {
        JsonArray items = new JsonArray();
        entries.forEach(entry -> items.add(new JsonObject()
                .put("at", Times3.text(entry.at()))
                .put("direction", entry.sent() ? "sent" : "received")
                .put("transport", entry.transport())
                .put("local", entry.local())
                .put("remote", entry.remote())
                .put("message", entry.message())));
        return items;
    }

    private Future<Answer> diagnosis(Ask ask) {
        return find(ask)
                .compose(found -> Future.fromCompletionStage(store.find(ask.id())))
                .map(call -> call.orElseThrow(Problem::notFound))
                .compose(call -> events.ofCall(ask.id(), 0, EVENTS)
                        .compose(log -> traces.of(ask.id()).map(trace -> diagnosis(call, log, trace))));
    }

    private static Answer diagnosis(CallSnapshot call, List<EventQueries.StoredEvent> log, List<TraceEntry> trace) {
        List<CallEvent> events = log.stream().map(event -> event(call, event)).toList();
        JsonArray findings = new JsonArray();
        Diagnosis.of(call, events, trace)
                .forEach(finding -> findings.add(
                        new JsonObject().put("code", finding.code()).put("text", finding.text())));
        return Answer.ok(new JsonObject().put("call_id", call.id()).put("findings", findings));
    }

    private static CallEvent event(CallSnapshot call, EventQueries.StoredEvent stored) {
        JsonObject body = new JsonObject(stored.body());
        return new CallEvent(
                stored.id(),
                stored.seq(),
                stored.type(),
                Instant.parse(body.getString("occurred_at")),
                PlainJson.map(body.getJsonObject("data")),
                call);
    }

    private Future<Answer> label(Ask ask) {
        String label = ask.body().getString("label");
        Optional<String> note = Optional.ofNullable(ask.body().getString("note"));
        return find(ask)
                .compose(call -> labels.put(ask.id(), call.getString("account_id"), label, note))
                .map(done -> Answer.ok(new JsonObject()
                        .put("call_id", ask.id())
                        .put("label", label)
                        .put("note", note.orElse(null))));
    }

    private Future<Answer> labelled(Ask ask) {
        return labels.list(ask.scope(), Page.Window.of(ask.integer("limit", 50), ask.text("cursor")))
                .map(page -> Answer.ok(page.json()));
    }

    private Future<Answer> usage(Ask ask) {
        return usage.sums(
                        ask.text("group_by").orElse("day"),
                        ask.text("since").map(OffsetDateTime::parse),
                        ask.text("until").map(OffsetDateTime::parse),
                        ask.scope())
                .map(sums -> Answer.ok(new JsonObject().put("items", sums).put("next_cursor", null)));
    }

    private Future<Answer> summary(Ask ask) {
        Duration window = Duration.ofMinutes(ask.integer("minutes", 60));
        return usage.summary(clock.instant().minus(window), ask.scope()).map(Answer::ok);
    }

    private Future<JsonObject> find(Ask ask) {
        return calls.find(ask.id(), ask.scope()).map(found -> found.orElseThrow(Problem::notFound));
    }
}
