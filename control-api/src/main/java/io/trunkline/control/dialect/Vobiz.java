package io.trunkline.control.dialect;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.trunkline.control.events.Signature;
import io.trunkline.control.http.Answer;
import io.trunkline.control.http.Problem;
import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vobiz: calls of a browser to WhatsApp, from a channel, which is a line. */
final class Vobiz implements Dialect {
    private static final String BASE = "/api/v1/messaging";
    private static final String CALLS = BASE + "/calls/whatsapp";

    @Override
    public String name() {
        return "vobiz";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.own(POST, CALLS, this::initiate),
                Endpoint.own(POST, CALLS + "/action", this::act),
                Endpoint.own(GET, CALLS + "/logs", VobizLog::list),
                Endpoint.own(GET, BASE + "/events", this::follow));
    }

    @Override
    public Optional<String> key(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("X-Auth-Token")).or(() -> Dialect.super.key(request));
    }

    /** A token comes with its account; a bearer needs none. */
    @Override
    public void check(HttpServerRequest request, Principal who) {
        String account = request.getHeader("X-Auth-ID");
        boolean needed = request.getHeader("X-Auth-Token") != null;
        if (account == null
                ? needed
                : who.accountId().filter(own -> !isOf(own, account)).isPresent()) {
            throw Problem.of(401, "unauthorized", "X-Auth-ID is not the account of this token.");
        }
    }

    private static boolean isOf(String accountId, String given) {
        return List.of(accountId, WireId.bare(accountId), VobizLog.alias(accountId))
                .contains(given);
    }

    private Future<Answer> initiate(Request request) {
        String channel = required(request, "channel_id");
        JsonObject call = new JsonObject()
                .put("to", required(request, "to"))
                .put("webrtc", new JsonObject().put("sdp_offer", required(request, "sdp_offer")));
        return channel(request, channel)
                .compose(line -> request.create(call.put("line", reference(line, channel))))
                .map(placed -> Answer.json(
                        201,
                        new JsonObject()
                                .put("call_id", WireId.bare(placed.body().getString("id")))
                                .put("from", placed.body().getString("from"))
                                .put("to", placed.body().getString("to"))
                                .put("status", "initiated")
                                .put("direction", "outbound")));
    }

    private Future<Answer> act(Request request) {
        String channel = required(request, "channel_id");
        String id = WireId.full("call", required(request, "call_id"));
        String action = required(request, "action");
        Optional<String> sdp = request.body().text("sdp");
        switch (action) {
            case "accept", "pre_accept" -> {
                if (sdp.isEmpty()) {
                    throw Problem.invalid("sdp", "is required");
                }
            }
            case "reject", "terminate" -> {}
            default -> throw Problem.invalid("action", "must be pre_accept, accept, reject or terminate");
        }
        return channel(request, channel)
                .compose(line -> request.call(id).map(call -> ofChannel(call, line, action)))
                .compose(call -> act(request, call, action, sdp.orElse("")))
                .map(done -> Answer.ok(new JsonObject()
                        .put("call_id", WireId.bare(id))
                        .put("action", action)
                        .put("success", true)));
    }

    private static Future<?> act(Request request, JsonObject call, String action, String sdp) {
        Optional<String> id = Optional.of(call.getString("id"));
        JsonObject answer = new JsonObject().put("sdp_answer", sdp);
        return switch (action) {
            case "pre_accept" ->
                mark(request, id, true) // first: the joining then tells of it, and is stored with it
                        .compose(marked -> request.ask("joinBrowserToCall", id, answer.put("answer", false)))
                        .recover(failure -> mark(request, id, null).compose(undone -> Future.failedFuture(failure)));
            case "accept" ->
                call.getJsonObject("metadata").containsKey(VobizLog.PRE_ACCEPTED)
                        ? request.ask("answerCall", id, new JsonObject())
                        : request.ask("joinBrowserToCall", id, answer);
            case "reject" -> request.ask("rejectCall", id, new JsonObject());
            default -> request.ask("hangupCall", id, new JsonObject());
        };
    }

    private static Future<Answer.Json> mark(Request request, Optional<String> call, @Nullable Boolean preAccepted) {
        JsonObject metadata = new JsonObject().put(VobizLog.PRE_ACCEPTED, preAccepted);
        return request.ask("patchCall", call, new JsonObject().put("metadata", metadata));
    }

    /** By the UUID of a line, or by its name, which may look like one. */
    private static Future<JsonObject> channel(Request request, String channel) {
        String id = WireId.full("line", channel);
        return request.line(id)
                .recover(failure -> id.equals(channel) || Problem.of(failure).status() != 404
                        ? Future.failedFuture(failure)
                        : request.line(channel));
    }

    /** Calls name their channel as it was given: what is shown of them does, too. */
    private static String reference(JsonObject line, String channel) {
        return line.getString("name").equals(channel) ? channel : line.getString("id");
    }

    /** A call out is its line's; a call in is the line's whose number was called. */
    private static JsonObject ofChannel(JsonObject call, JsonObject line, String action) {
        boolean inbound = call.getString("direction").equals("inbound");
        boolean itsOwn = inbound
                ? call.getString("to").equals(line.getString("number"))
                : List.of(line.getString("id"), line.getString("name")).contains(call.getString("line"));
        if (!itsOwn) {
            throw Problem.notFound();
        }
        if (!inbound && !action.equals("terminate")) {
            throw Problem.of(409, "conflict", "Only an incoming call takes the action " + action + ".");
        }
        return call;
    }

    private static String required(Request request, String field) {
        return request.body().text(field).orElseThrow(() -> Problem.invalid(field, "is required"));
    }

    private Future<Answer> follow(Request request) {
        return request.api().follow(request.who(), this::webhook, request.context());
    }

    @Override
    public Answer error(Problem problem) {
        return Answer.json(
                problem.status(), new JsonObject().put("error", problem.code()).put("message", problem.getMessage()));
    }

    @Override
    public Optional<JsonObject> webhook(JsonObject event) {
        JsonObject data = event.getJsonObject("data");
        return named(event.getString("type"))
                .map(name -> new JsonObject()
                        .put("event_id", WireId.derived("event", event.getString("id")))
                        .put("event_type", name)
                        .put("account_id", VobizLog.alias(event.getString("account_id")))
                        .put("occurred_at", event.getString("occurred_at"))
                        .put("payload", payload(event, data)));
    }

    /** The log object, with the one description that this event is about by the name that requests have for it. */
    private static JsonObject payload(JsonObject event, JsonObject data) {
        JsonObject payload = VobizLog.entry(event.getJsonObject("call"), data);
        return event.getString("type").startsWith("webrtc.")
                ? payload.mergeIn(new JsonObject()
                        .put("sdp_offer", data.getString("sdp_offer"))
                        .put("sdp_answer", data.getString("sdp_answer")))
                : payload;
    }

    private static Optional<String> named(String type) {
        return switch (type) {
            case "call.created", "call.ringing", "call.answered" -> Optional.of("call.status_change");
            case "webrtc.offered", "webrtc.answered" -> Optional.of("call.connect");
            case "call.ended" -> Optional.of("call.terminate");
            default -> Optional.empty();
        };
    }

    @Override
    public Map<String, String> signature(JsonObject told, String body, List<String> secrets, Instant now) {
        return secrets.stream()
                .findFirst()
                .map(secret -> Map.of(
                        "X-Webhook-Event",
                        told.getString("event_type"),
                        "X-Webhook-Signature",
                        Signature.hmac(secret, body)))
                .orElse(Map.of());
    }
}
