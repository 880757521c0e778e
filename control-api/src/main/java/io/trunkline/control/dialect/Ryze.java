package io.trunkline.control.dialect;

import static io.vertx.core.http.HttpMethod.POST;

import io.trunkline.control.http.Answer;
import io.trunkline.control.http.Problem;
import io.trunkline.control.http.RateLimit;
import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ryze: a call that only rings, and a call that plays a file; of an instance, which is a line. */
final class Ryze implements Dialect {
    private static final int DEFAULT_SECONDS = 8;
    private static final int MOST_SECONDS = 60;
    private static final Pattern RECIPIENT = Pattern.compile("\\+?(\\d{2,15})(@s\\.whatsapp\\.net)?");
    private static final Pattern DATA_URI = Pattern.compile("^data:[^,]{0,200},");

    private final RateLimit limit = new RateLimit(100, Duration.ofMinutes(1));

    @Override
    public String name() {
        return "ryze";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.own(POST, "/api/call/fake", this::nameless),
                Endpoint.own(POST, "/api/call/audio", this::nameless),
                Endpoint.own(POST, "/api/call/fake/:instance", this::fake),
                Endpoint.own(POST, "/api/call/audio/:instance", this::audio).withAudio());
    }

    /** The key of an account, or one bound to an instance's line. */
    @Override
    public Optional<String> key(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("token")).or(() -> Dialect.super.key(request));
    }

    @Override
    public void check(HttpServerRequest request, Principal who) {
        limit.count(who.accountId().orElse("operator"));
    }

    private Future<Answer> nameless(Request request) {
        return Future.failedFuture(Problem.of(400, "said", "Instance name is required"));
    }

    private Future<Answer> fake(Request request) {
        JsonObject call = begin(request);
        int asked = request.body().whole("duration").orElse(0);
        int seconds = asked == 0 ? DEFAULT_SECONDS : asked;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw Problem.of(400, "said", "Duration must be between 1 and 60 seconds");
        }
        call.put("ring", new JsonObject().put("seconds", seconds));
        return placed(request, call, "Call placed successfully")
                .map(shown -> Answer.ok(shown.put("duration", seconds)));
    }

    private Future<Answer> audio(Request request) {
        JsonObject call = begin(request);
        Optional<String> url = request.body().text("mediaUrl");
        Optional<String> base64 = request.body().text("mediaBase64");
        if (url.isPresent() == base64.isPresent()) {
            throw Problem.of(400, "said", "Provide exactly one of mediaUrl or mediaBase64");
        }
        call.put(
                "play",
                url.filter(Ryze::isAddress).isPresent()
                        ? new JsonObject().put("url", url.get())
                        : new JsonObject()
                                .put("audio_base64", bare(base64.or(() -> url).orElseThrow())));
        return placed(request, call, "Audio call placed").map(Answer::ok);
    }

    private static JsonObject begin(Request request) {
        if (request.path("instance").isBlank()) {
            throw Problem.of(400, "said", "Instance name is required");
        }
        if (request.bytes() == 0) {
            throw Problem.invalidJson("it is empty");
        }
        String number = request.body().text("number").orElseThrow(() -> Problem.of(400, "said", "Number is required"));
        var recipient = RECIPIENT.matcher(number);
        if (!recipient.matches()) {
            throw Problem.of(400, "invalid_request", "number must be digits, or digits@s.whatsapp.net");
        }
        return new JsonObject()
                .put("to", "+" + recipient.group(1))
                .put("line", request.path("instance"))
                .put("wait_for", "dialing");
    }

    private static boolean isAddress(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** A data URI's content. */
    private static String bare(String base64) {
        return DATA_URI.matcher(base64).replaceFirst("");
    }

    private static Future<JsonObject> placed(Request request, JsonObject call, String message) {
        return request.line(request.path("instance"))
                .compose(line -> {
                    if (request.who()
                            .lineId()
                            .filter(own -> !own.equals(line.getString("id")))
                            .isPresent()) {
                        throw Problem.notFound();
                    }
                    return request.create(call);
                })
                .map(placed -> new JsonObject()
                        .put("success", true)
                        .put("message", message)
                        .put("callId", callId(placed.body()))
                        .put("number", number(placed.body())));
    }

    /** As WhatsApp writes its ids: hexadecimal, in capitals. */
    private static String callId(JsonObject call) {
        return WireId.bare(call.getString("id")).replace("-", "").toUpperCase(Locale.ROOT);
    }

    private static String number(JsonObject call) {
        return call.getString("to").replaceFirst("^\\+", "");
    }

    @Override
    public Answer error(Problem problem) {
        JsonObject error = new JsonObject().put("message", message(problem));
        return Answer.json(
                status(problem), new JsonObject().put("success", false).put("error", error));
    }

    private static String message(Problem problem) {
        return switch (problem.code()) {
            case "invalid_json", "invalid_request", "unplayable_audio", "too_large" ->
                "Invalid request body: " + problem.getMessage();
            case "not_found" -> "instance not found";
            default -> String.valueOf(problem.getMessage());
        };
    }

    /** Whatever else keeps a call from being placed is, in this API, a failure with a reason. */
    private static int status(Problem problem) {
        boolean body = List.of("invalid_json", "invalid_request", "unplayable_audio", "said")
                .contains(problem.code());
        return switch (problem.status()) {
            case 401, 404, 413, 429 -> problem.status();
            default -> body ? 400 : 500;
        };
    }

    /** As theirs, without the instance's own token, which theirs sends along. */
    @Override
    public Optional<JsonObject> webhook(JsonObject event) {
        JsonObject call = event.getJsonObject("call");
        return status(event.getString("type"), call.getString("status"))
                .map(status -> new JsonObject()
                        .put("event", "call.update")
                        .put("data", data(event, call, status))
                        .put("instanceData", new JsonObject().put("instance", call.getString("line"))));
    }

    private static Optional<String> status(String type, String status) {
        return switch (type) {
            case "call.dialing" -> Optional.of("offer");
            case "call.answered" -> Optional.of("accepted");
            case "call.ended" -> Optional.of(List.of("busy", "rejected").contains(status) ? "rejected" : "terminated");
            default -> Optional.empty();
        };
    }

    private static JsonObject data(JsonObject event, JsonObject call, String status) {
        JsonObject data = new JsonObject()
                .put("callId", callId(call))
                .put("number", number(call))
                .put("status", status)
                .put("timestamp", event.getString("occurred_at"));
        JsonObject cause = call.getJsonObject("cause");
        return cause == null ? data : data.put("reason", cause.getString("code"));
    }
}
