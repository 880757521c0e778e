package io.trunkline.control.dialect;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.trunkline.control.http.Answer;
import io.trunkline.control.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Wavix: calls under bare UUIDs, told to the callback URL that each names, steered while they are up. */
final class Wavix implements Dialect {
    private static final String CALLS = "/v1/calls";
    private static final String CALL = CALLS + "/:uuid";
    private static final JsonObject SUCCESS = new JsonObject().put("success", true);

    @Override
    public String name() {
        return "wavix";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.shared(POST, CALLS, this::create),
                Endpoint.shared(GET, CALLS, this::list),
                Endpoint.shared(GET, CALL, this::get),
                Endpoint.shared(DELETE, CALL, this::hangup),
                Endpoint.shared(POST, CALL + "/play", this::play),
                Endpoint.shared(POST, CALL + "/collect", this::collect),
                Endpoint.shared(POST, CALL + "/answer", this::answer),
                Endpoint.shared(POST, CALL + "/streams", this::stream));
    }

    private Future<Answer> create(Request request) {
        Fields body = request.body();
        JsonObject call = new JsonObject()
                .put("from", number(body, "from"))
                .put("to", number(body, "to"))
                .put("callback_url", body.text("callback_url").orElse(null))
                .put("record", body.flag("recording"))
                .put("amd", body.flag("voicemail_detection"))
                .put("tag", body.text("tag").orElse(null))
                .put("timeout", body.whole("timeout").orElse(null));
        return request.create(call).map(placed -> Answer.json(201, shown(placed.body())));
    }

    /** Their own examples write numbers with and without the plus. */
    private static String number(Fields body, String field) {
        String number = body.text(field).orElseThrow(() -> Problem.invalid(field, "is required"));
        return number.matches("[1-9]\\d{1,14}") ? "+" + number : number;
    }

    private Future<Answer> list(Request request) {
        return request.answer(
                        "listCalls", Optional.empty(), Map.of("status", "active", "limit", 1000), new JsonObject())
                .map(page -> {
                    JsonArray calls = new JsonArray();
                    ((Answer.Json) page)
                            .body()
                            .getJsonArray("items")
                            .forEach(call -> calls.add(shown((JsonObject) call)));
                    return Answer.ok(new JsonObject().put("calls", calls).put("success", true));
                });
    }

    private Future<Answer> get(Request request) {
        return request.call(id(request)).map(call -> Answer.ok(shown(call)));
    }

    private Future<Answer> hangup(Request request) {
        return request.ask("deleteCall", Optional.of(id(request)), new JsonObject())
                .map(Answer.ok(SUCCESS));
    }

    private Future<Answer> play(Request request) {
        String url = request.body().text("audio_file").orElseThrow(() -> Problem.invalid("audio_file", "is required"));
        return request.ask("playOnCall", Optional.of(id(request)), new JsonObject().put("url", url))
                .map(taken -> Answer.ok(SUCCESS.copy()
                        .put("playback_id", WireId.bare(taken.body().getString("id")))));
    }

    private Future<Answer> collect(Request request) {
        Fields body = request.body();
        JsonObject gather = new JsonObject()
                .put("max_digits", body.whole("max_digits").orElse(null))
                .put("min_digits", body.whole("min_digits").orElse(null))
                .put("timeout", body.whole("timeout").orElse(null))
                .put("terminator", body.text("termination_character").orElse(null))
                .put("attempts", body.whole("max_attempts").orElse(null))
                .put("prompt", prompt(body.object("prompt")));
        return request.ask("gatherOnCall", Optional.of(id(request)), gather).map(Answer.ok(SUCCESS));
    }

    private static JsonArray prompt(Fields prompt) {
        JsonArray verbs = new JsonArray();
        prompt.text("play").ifPresent(url -> verbs.add(new JsonObject().put("play", new JsonObject().put("url", url))));
        Fields say = prompt.object("say");
        say.text("text").ifPresent(text -> verbs.add(new JsonObject().put("say", new JsonObject().put("text", text))));
        return verbs;
    }

    private Future<Answer> answer(Request request) {
        Optional<String> id = Optional.of(id(request));
        boolean record = request.body().flag("call_recording");
        return request.ask("answerCall", id, new JsonObject())
                .compose(answered ->
                        record ? request.ask("recordOnCall", id, new JsonObject()) : Future.succeededFuture())
                .compose(recording -> request.body().text("stream_url").isPresent()
                        ? stream(request)
                        : Future.succeededFuture(Answer.ok(SUCCESS)));
    }

    private Future<Answer> stream(Request request) {
        Fields body = request.body();
        String url = body.text("stream_url").orElseThrow(() -> Problem.invalid("stream_url", "is required"));
        boolean both = body.text("stream_type").filter("twoway"::equals).isPresent();
        JsonObject stream = new JsonObject()
                .put("url", url)
                .put("protocol", "wavix")
                .put("bidirectional", both)
                .put("track", both ? "inbound" : body.text("stream_channel").orElse("inbound"));
        return request.ask("streamOnCall", Optional.of(id(request)), stream)
                .map(taken -> Answer.ok(
                        SUCCESS.copy().put("stream_id", WireId.bare(taken.body().getString("id")))));
    }

    private static String id(Request request) {
        return WireId.full("call", request.path("uuid"));
    }

    private static JsonObject shown(JsonObject call) {
        return call(call, latest(call), time(call), new JsonObject());
    }

    private static JsonObject call(JsonObject call, String event, String time, JsonObject payload) {
        String tag = call.getString("tag");
        return new JsonObject()
                .put("uuid", WireId.bare(call.getString("id")))
                .put("direction", call.getString("direction"))
                .put("event_type", event)
                .put("event_time", time)
                .put("event_payload", payload)
                .put("from", call.getString("from"))
                .put("to", call.getString("to"))
                .put("call_started", call.getString("created_at"))
                .put("call_answered", call.getString("answered_at"))
                .put("call_completed", call.getString("ended_at"))
                .put("machine_detected", machine(call))
                .put("tag", tag == null ? "" : tag);
    }

    private static boolean machine(JsonObject call) {
        JsonObject amd = call.getJsonObject("amd");
        return amd != null && String.valueOf(amd.getString("verdict")).startsWith("machine");
    }

    /** The event that a call's status is the trace of. A call that failed was, to its caller, rejected. */
    private static String latest(JsonObject call) {
        return switch (call.getString("status")) {
            case "queued", "dialing" -> "call_setup";
            case "ringing", "early_media", "completed", "busy" -> call.getString("status");
            case "in_progress" -> "answered";
            case "no_answer", "cancelled" -> "cancelled";
            default -> "rejected";
        };
    }

    private static String time(JsonObject call) {
        for (String field : List.of("ended_at", "answered_at", "ringing_at", "dialing_at")) {
            if (call.getString(field) != null) {
                return call.getString(field);
            }
        }
        return call.getString("created_at");
    }

    @Override
    public Answer error(Problem problem) {
        return Answer.json(
                problem.status(),
                new JsonObject()
                        .put("success", false)
                        .put("code", problem.code())
                        .put("message", problem.getMessage()));
    }

    @Override
    public Optional<JsonObject> webhook(JsonObject event) {
        JsonObject call = event.getJsonObject("call");
        String time = event.getString("occurred_at");
        return switch (event.getString("type")) {
            case "call.created" -> Optional.of(call(call, "call_setup", time, new JsonObject()));
            case "call.ringing", "call.early_media", "call.answered", "call.ended" ->
                Optional.of(call(call, latest(call), time, new JsonObject()));
            default ->
                onCall(event.getString("type"), event.getJsonObject("data"))
                        .map(payload -> call(call, "on_call_event", time, payload));
        };
    }

    private static Optional<JsonObject> onCall(String type, JsonObject data) {
        return switch (type) {
            case "playback.started" -> Optional.of(playback("started", data));
            case "playback.finished" -> Optional.of(playback("completed", data));
            case "gather.finished" ->
                Optional.of(payload(
                        "collect",
                        new JsonObject()
                                .put("status", "completed")
                                .put("digits", data.getString("digits"))
                                .put("reason", data.getString("reason"))));
            case "amd.result" ->
                Optional.of(payload(
                        "voicemail_detection",
                        new JsonObject().put("status", "completed").put("verdict", data.getString("verdict"))));
            default -> Optional.empty();
        };
    }

    private static JsonObject playback(String status, JsonObject data) {
        return payload(
                "audio",
                new JsonObject().put("status", status).put("playback_id", WireId.bare(data.getString("playback_id"))));
    }

    private static JsonObject payload(String type, JsonObject payload) {
        return new JsonObject().put("type", type).put("payload", payload);
    }
}
