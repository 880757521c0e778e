package io.trunkline.control.dialect;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.trunkline.control.http.Answer;
import io.trunkline.control.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/** cawme: WhatsApp calls of an instance, which is a line; what a call says is its type. */
final class Cawme implements Dialect {
    private static final String NAME = "cawme";
    private static final List<String> BASES = List.of("/v1/calls", "/api/v1/calls");
    /** A hang-up is final within half a second. */
    private static final int LOOKS = 40;

    private static final long LOOK_MILLIS = 50;

    /** In a call's metadata, since no other API knows types. */
    private static final String TYPE = "type";

    /** What a voice's id begins with: {@code en-US-001}. */
    private static final Pattern LANGUAGE = Pattern.compile("([A-Za-z]{2,3})(-[A-Za-z]{2,4})?(?![A-Za-z])");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String base : BASES) {
            endpoints.add(endpoint(POST, base, this::create).withAudio());
            endpoints.add(endpoint(GET, base + "/:id", this::get));
            endpoints.add(endpoint(DELETE, base + "/:id", this::hangup));
            endpoints.add(endpoint(GET, base + "/:id/stream", this::stream));
        }
        return endpoints;
    }

    private static Endpoint endpoint(HttpMethod method, String path, Function<Request, Future<Answer>> work) {
        return Endpoint.shared(method, path, work);
    }

    private Future<Answer> create(Request request) {
        Fields body = request.body();
        String instance = required(body, "instanceId", "instanceId");
        String type = required(body, "type", "type");
        JsonObject call = new JsonObject()
                .put("line", instance)
                .put("to", required(body.object("target"), "phoneNumber", "target.phoneNumber"))
                .put("metadata", new JsonObject().put(TYPE, type));
        speak(call, type, body);
        return request.line(instance)
                .map(line -> allowed(request, line))
                .compose(line -> voiced(request, call, body.object("tts").text("voiceId")))
                .compose(request::create)
                .map(placed -> Answer.json(placed.status(), created(placed.body())));
    }

    /** A demo token is a key that is bound to one line. */
    private static JsonObject allowed(Request request, JsonObject line) {
        if (request.who()
                .lineId()
                .filter(own -> !own.equals(line.getString("id")))
                .isPresent()) {
            throw Problem.forbidden("This token is for another instance.");
        }
        return line;
    }

    private static void speak(JsonObject call, String type, Fields body) {
        switch (type) {
            case "FIXED_TTS" -> call.put("say", say(body.object("tts")));
            case "FIXED_AUDIO" ->
                call.put(
                        "play",
                        new JsonObject()
                                .put(
                                        "audio_base64",
                                        required(body.object("audio"), "audioBase64", "audio.audioBase64")));
            case "DYNAMIC_STREAM" -> call.put("stream", new JsonObject().put("protocol", NAME));
            case "DYNAMIC_AGENT" -> call.put("agent", agent(body.object("agent")));
            default -> throw Problem.invalid("type", "must be FIXED_TTS, FIXED_AUDIO, DYNAMIC_STREAM or DYNAMIC_AGENT");
        }
    }

    private static JsonObject agent(Fields agent) {
        List<String> instructions = agent.texts("instructions");
        if (instructions.isEmpty()) {
            throw Problem.invalid("agent.instructions", "is required");
        }
        return new JsonObject().put("instructions", String.join("\n", instructions));
    }

    /** Their voices are not ours: the installed one of that name, else one of its language, else whichever there is. */
    private static Future<JsonObject> voiced(Request request, JsonObject call, Optional<String> voiceId) {
        if (!call.containsKey("say") || voiceId.isEmpty()) {
            return Future.succeededFuture(call);
        }
        return request.answer("listVoices", Optional.empty(), Map.of(), new JsonObject())
                .map(voices -> {
                    choose(call.getJsonObject("say"), voiceId.get(), ((Answer.Json) voices).body());
                    return call;
                })
                .otherwise(call);
    }

    private static void choose(JsonObject say, String voiceId, JsonObject voices) {
        List<JsonObject> all = voices.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
        var language = LANGUAGE.matcher(voiceId);
        if (all.stream().anyMatch(voice -> voice.getString("id").equals(voiceId))) {
            say.put("voice", voiceId);
        } else if (language.lookingAt()
                && all.stream()
                        .anyMatch(voice -> speaks(voice, language.group(1).toLowerCase(Locale.ROOT)))) {
            say.put("language", language.group());
        }
    }

    private static boolean speaks(JsonObject voice, String language) {
        String own = voice.getString("language").toLowerCase(Locale.ROOT);
        return own.equals(language) || own.startsWith(language + "-");
    }

    private static JsonObject say(Fields tts) {
        return new JsonObject().put("text", required(tts, "text", "tts.text"));
    }

    private static String required(Fields fields, String name, String path) {
        return fields.text(name).orElseThrow(() -> Problem.invalid(path, "is required"));
    }

    /** The client comes to its call, by a WebSocket. */
    private Future<Answer> stream(Request request) {
        return request.answer(
                "joinStream", Optional.of(request.path("id")), Map.of("protocol", NAME), new JsonObject());
    }

    private Future<Answer> get(Request request) {
        return request.call(request.path("id"))
                .map(call -> Answer.ok(new JsonObject()
                        .put("id", call.getString("id"))
                        .put("instance_id", call.getString("line"))
                        .put("type", call.getJsonObject("metadata").getValue(TYPE))
                        .put("status", status(call))
                        .put("target_phone", call.getString("to"))
                        .put("started_at", call.getString("answered_at"))
                        .put("ended_at", call.getString("ended_at"))
                        .put("created_at", call.getString("created_at"))));
    }

    private static JsonObject created(JsonObject call) {
        return new JsonObject()
                .put("id", call.getString("id"))
                .put("instance_id", call.getString("line"))
                .put("type", call.getJsonObject("metadata").getValue(TYPE))
                .put("status", status(call))
                .put("target_phone", call.getString("to"))
                .put("created_at", call.getString("created_at"));
    }

    /** There are five statuses: a call that was hung up by request counts as failed, like one that nobody answered. */
    private static String status(JsonObject call) {
        return switch (call.getString("status")) {
            case "queued", "dialing" -> "QUEUED";
            case "ringing", "early_media" -> "RINGING";
            case "in_progress" -> "IN_PROGRESS";
            case "completed" -> hungUp(call) ? "FAILED" : "COMPLETED";
            default -> "FAILED";
        };
    }

    private static boolean hungUp(JsonObject call) {
        return Optional.ofNullable(call.getJsonObject("cause"))
                .filter(cause -> "hangup_api".equals(cause.getString("code")))
                .isPresent();
    }

    private Future<Answer> hangup(Request request) {
        return request.ask("deleteCall", Optional.of(request.path("id")), new JsonObject())
                .compose(taken -> over(request, LOOKS))
                .map(Answer.noContent())
                .recover(failure -> Future.failedFuture(ended(failure)));
    }

    /** A client that is told 204 may call from this instance again, and be shown that the call failed. */
    private static Future<?> over(Request request, int looks) {
        return request.call(request.path("id"))
                .compose(call -> call.getString("ended_at") != null || looks == 0
                        ? Future.succeededFuture()
                        : request.context()
                                .vertx()
                                .timer(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                                .compose(then -> over(request, looks - 1)));
    }

    private static Problem ended(Throwable failure) {
        Problem problem = Problem.of(failure);
        return problem.code().equals("call_not_active") ? Problem.notFound() : problem;
    }

    @Override
    public Answer error(Problem problem) {
        JsonObject error = new JsonObject().put("code", problem.code()).put("message", message(problem));
        return Answer.json(status(problem), new JsonObject().put("error", error));
    }

    /** Fields by this API's names. */
    private static String message(Problem problem) {
        String message = String.valueOf(problem.getMessage());
        return switch (problem.field().orElse("")) {
            case "to" -> message.replaceFirst("^to ", "target.phoneNumber ");
            case "play.audio_base64" -> message.replaceFirst("^play.audio_base64 ", "audio.audioBase64 ");
            case "say.text" -> message.replaceFirst("^say.text ", "tts.text ");
            default -> message;
        };
    }

    private static int status(Problem problem) {
        return problem.status() == 422 || problem.status() == 415 ? 400 : problem.status();
    }

    /** This API has no webhooks; whoever wants them gets ours. */
    @Override
    public Optional<JsonObject> webhook(JsonObject event) {
        return Optional.of(event);
    }
}
