package io.trunkline.control.dialect;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.trunkline.control.events.Signature;
import io.trunkline.control.http.Answer;
import io.trunkline.control.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** minivoice: a call is answered when it is dialled; what it does then, the application's answer URL says. */
final class Minivoice implements Dialect {
    private static final String GATHERED = "call.gathered";

    @Override
    public String name() {
        return "minivoice";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.shared(POST, "/v1/calls", this::create), Endpoint.shared(GET, "/v1/calls/:id", this::get));
    }

    private Future<Answer> create(Request request) {
        if (request.bytes() == 0) {
            return Future.failedFuture(Problem.invalidJson("The body is empty."));
        }
        Fields body = request.body();
        boolean record = body.flag("record");
        JsonObject metadata = body.map("metadata").orElseGet(JsonObject::new).copy();
        JsonObject call = new JsonObject()
                .put("from", number(body, "from"))
                .put("to", number(body, "to"))
                .put("record", record)
                .put("metadata", record ? metadata.put("record", true) : metadata)
                .put("wait_for", "dialing");
        return request.create(call).compose(placed -> shown(request, placed.body(), 201));
    }

    private static String number(Fields body, String field) {
        return body.text(field).orElseThrow(() -> Problem.invalid(field, "is required"));
    }

    private Future<Answer> get(Request request) {
        return request.call(request.path("id")).compose(call -> shown(request, call, 200));
    }

    private static Future<Answer> shown(Request request, JsonObject call, int status) {
        return request.ask("getApplication", Optional.of(call.getString("application_id")), new JsonObject())
                .map(application -> Answer.json(
                        status,
                        call(call)
                                .put("answer_url", application.body().getString("answer_url"))
                                .put("created_at", call.getString("created_at"))
                                .put("dialing_at", call.getString("dialing_at"))));
    }

    /** What an answer and a webhook say alike. */
    private static JsonObject call(JsonObject call) {
        return new JsonObject()
                .put("id", call.getString("id"))
                .put("status", status(call.getString("status")))
                .put("direction", call.getString("direction"))
                .put("from", call.getString("from"))
                .put("to", call.getString("to"))
                .put("application_id", call.getString("application_id"))
                .put("customer_id", call.getString("account_id"))
                .put("provider_call_id", WireId.bare(call.getString("id")))
                .put("metadata", call.getJsonObject("metadata"))
                .put("route_mode", "webhook")
                .put("routing_target", call.getString("application_id"));
    }

    private static String status(String ours) {
        return switch (ours) {
            case "queued" -> "created";
            case "early_media" -> "ringing";
            case "in_progress" -> "answered";
            case "dialing", "ringing", "completed" -> ours;
            default -> "failed";
        };
    }

    @Override
    public Answer error(Problem problem) {
        JsonObject error = new JsonObject().put("code", code(problem)).put("message", problem.getMessage());
        return Answer.json(status(problem), new JsonObject().put("error", error));
    }

    /** What fails on our side has one code, and its message says what. */
    private static String code(Problem problem) {
        if (status(problem) == 500) {
            return "internal_error";
        }
        return problem.code().equals("spend_limit_reached") ? "spend_control_exceeded" : problem.code();
    }

    /** What this API has no status for is the closest that it has. */
    private static int status(Problem problem) {
        return switch (problem.status()) {
            case 413, 415, 422 -> 400;
            case 503 -> 500;
            default -> problem.status();
        };
    }

    @Override
    public Optional<JsonObject> webhook(JsonObject event) {
        JsonObject call = event.getJsonObject("call");
        return named(event.getString("type"), call.getString("status"))
                .map(name -> new JsonObject()
                        .put("event", name)
                        .put("created_at", event.getString("occurred_at"))
                        .put("call", call(call))
                        .put("variables", new JsonObject())
                        .put("data", data(event, call, name)));
    }

    private static Optional<String> named(String type, String status) {
        return switch (type) {
            case "call.created", "call.answered", "recording.started", "recording.completed" -> Optional.of(type);
            case "gather.finished" -> Optional.of(GATHERED);
            case "call.ended" -> Optional.of(status.equals("completed") ? "call.completed" : "call.failed");
            default -> Optional.empty();
        };
    }

    private static JsonObject data(JsonObject event, JsonObject call, String name) {
        JsonObject data = new JsonObject().put("event_key", key(event, call, name));
        if (name.startsWith("recording.")) {
            data.mergeIn(event.getJsonObject("data"));
        }
        if (name.equals(GATHERED)) {
            data.mergeIn(gathered(event.getJsonObject("data")));
        }
        JsonObject cause = call.getJsonObject("cause");
        if (cause != null) {
            data.put("reason", cause.getString("code"))
                    .put("sip_status", cause.getValue("sip_status"))
                    .put("duration_ms", call.getValue("duration_ms"));
        }
        return data;
    }

    /** Receivers dedupe by it: what may happen again in a call has the event's number, too. */
    private static String key(JsonObject event, JsonObject call, String name) {
        String key = call.getString("id") + ":" + name;
        boolean repeats = name.startsWith("recording.") || name.equals(GATHERED);
        return repeats ? key + ":" + event.getInteger("seq") : key;
    }

    private static JsonObject gathered(JsonObject gather) {
        boolean timedOut = List.of("timeout", "too_few").contains(gather.getString("reason"));
        return new JsonObject()
                .put("digits", gather.getString("digits"))
                .put("status", timedOut ? "timed_out" : "completed")
                .put("timed_out", timedOut);
    }

    @Override
    public Optional<JsonArray> script(JsonObject answer) {
        return answer.getValue("actions") instanceof JsonArray actions
                ? Optional.of(MinivoiceActions.script(actions))
                : Optional.empty();
    }

    @Override
    public Map<String, String> signature(JsonObject told, String body, List<String> secrets, Instant now) {
        String timestamp = String.valueOf(now.getEpochSecond());
        return secrets.stream()
                .findFirst()
                .map(secret -> Map.of(
                        "X-MiniVoice-Timestamp",
                        timestamp,
                        "X-MiniVoice-Signature",
                        "v1=" + Signature.hmac(secret, timestamp + "." + body)))
                .orElse(Map.of());
    }
}
