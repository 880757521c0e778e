package io.trunkline.control.http;

import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.Calls;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.store.CallJson;
import io.trunkline.control.store.CallQueries;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.Tenants;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code /v1/calls}: placing, reading, hanging up. */
final class CallRoutes {
    private static final String METADATA = "metadata.";

    private final Vertx vertx;
    private final Calls calls;
    private final CallQueries queries;
    private final EventQueries events;
    private final Tenants tenants;
    private final CallRequests requests;
    private final MediaReferences media;

    CallRoutes(
            Vertx vertx,
            Calls calls,
            CallQueries queries,
            EventQueries events,
            Tenants tenants,
            CallRequests requests,
            MediaReferences media) {
        this.vertx = vertx;
        this.calls = calls;
        this.queries = queries;
        this.events = events;
        this.tenants = tenants;
        this.requests = requests;
        this.media = media;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "createCall", this::create,
                "listCalls", this::list,
                "getCall", this::get,
                "deleteCall", this::hangup,
                "patchCall", this::patch,
                "listCallEvents", this::listEvents);
    }

    private Future<Answer> create(Ask ask) {
        return tenants.caller(ask.principal())
                .compose(caller -> parsed(ask, caller))
                .compose(plan -> asked(() -> calls.place(plan)))
                .map(placed -> Answer.json(placed.created() ? 201 : 200, shown(placed)));
    }

    /** The browser's answer is shown once, here: it is no part of the call. */
    private static JsonObject shown(Calls.Placed placed) {
        JsonObject call = CallJson.call(placed.call());
        placed.sdpAnswer().ifPresent(sdp -> call.put("webrtc", new JsonObject().put("sdp_answer", sdp)));
        return call;
    }

    /** A body with audio is decoded and written to a file: not on the event loop. */
    private Future<NewCall> parsed(Ask ask, Tenants.Caller caller) {
        caller.checkDestination(ask.body().getString("to")).ifPresent(why -> {
            throw Problem.invalid("to", why);
        });
        Supplier<NewCall> parse = () -> requests.parse(ask.body(), caller, ask.principal(), ask.claim());
        return media.resolve(ask.body(), caller.owner().accountId())
                .compose(resolved -> Blocking.ifLarge(vertx, ask, parse));
    }

    private Future<Answer> get(Ask ask) {
        return find(ask).map(call -> Answer.ok(fresh(call)));
    }

    private Future<Answer> list(Ask ask) {
        CallQueries.Filter filter = new CallQueries.Filter(
                ask.text("direction"),
                ask.text("status"),
                ask.text("from"),
                ask.text("to"),
                ask.text("tag"),
                ask.text("line"),
                ask.text("trunk"),
                ask.text("since").map(OffsetDateTime::parse),
                ask.text("until").map(OffsetDateTime::parse),
                metadata(ask.query()));
        Optional<CallExport.Format> format = CallExport.wanted(ask.header("Accept"));
        if (format.isPresent()) {
            return Future.succeededFuture(new Answer.Direct(
                    request -> new CallExport(queries, filter, ask.scope(), format.get(), request.response()).begin()));
        }
        return queries.list(filter, ask.scope(), Page.Window.of(ask.integer("limit", 50), ask.text("cursor")))
                .map(page -> Answer.ok(page.json()));
    }

    private Future<Answer> hangup(Ask ask) {
        return find(ask)
                .compose(call -> asked(() -> calls.hangup(ask.id())))
                .map(call -> Answer.accepted(CallJson.call(call)));
    }

    private Future<Answer> patch(Ask ask) {
        Optional<String> tag = Optional.ofNullable(ask.body().getString("tag"));
        Optional<JsonObject> metadata = Optional.ofNullable(ask.body().getJsonObject("metadata"));
        return find(ask).compose(call -> {
            if (call.getValue("ended_at") != null) {
                return queries.annotate(ask.id(), tag, metadata)
                        .map(changed -> Answer.ok(changed.orElseThrow(Problem::notFound)));
            }
            Optional<Map<String, Object>> map = metadata.map(PlainJson::map);
            return asked(() -> calls.annotate(ask.id(), tag, map)).map(done -> Answer.ok(CallJson.call(done)));
        });
    }

    private Future<Answer> listEvents(Ask ask) {
        int limit = ask.integer("limit", 50);
        long after = ask.query().get("after") instanceof Number seq ? seq.longValue() : 0;
        return find(ask)
                .compose(call -> events.ofCall(ask.id(), after, limit + 1))
                .map(found -> {
                    List<EventQueries.StoredEvent> shown = found.size() > limit ? found.subList(0, limit) : found;
                    JsonArray items = new JsonArray();
                    shown.forEach(event -> items.add(new JsonObject(event.body())));
                    return Answer.ok(new JsonObject()
                            .put("items", items)
                            .put(
                                    "next_cursor",
                                    found.size() > limit
                                            ? String.valueOf(shown.getLast().seq())
                                            : null));
                });
    }

    private Future<JsonObject> find(Ask ask) {
        return queries.find(ask.id(), ask.scope()).map(found -> found.orElseThrow(Problem::notFound));
    }

    /** What is stored, since nothing else is certain; only the quality of the line is newer in the live call. */
    private JsonObject fresh(JsonObject call) {
        calls.live(call.getString("id"))
                .flatMap(CallSnapshot::quality)
                .filter(quality -> call.getValue("ended_at") == null)
                .ifPresent(quality -> call.put("quality", CallJson.quality(quality)));
        return call;
    }

    /** Call control may refuse at once or later; to us it is the same. */
    static <T> Future<T> asked(Supplier<CompletionStage<T>> question) {
        try {
            return Future.fromCompletionStage(question.get(), Vertx.currentContext());
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Map<String, String> metadata(Map<String, Object> query) {
        Map<String, String> wanted = new HashMap<>();
        query.forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                wanted.put(name.substring(METADATA.length()), value.toString());
            }
        });
        return wanted;
    }
}
