package io.trunkline.control.http;

import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.trunkline.control.http.Problem.FieldError;
import io.trunkline.control.store.CallPages;
import io.trunkline.control.store.Principal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The document's operations for those who speak another API: the same keys, scopes, checks and answers, without our
 * HTTP around them. Lives on its router's event loop.
 */
public final class NativeApi {
    private final Vertx vertx;
    private final Map<String, OperationSpec> specs;
    private final Schemas schemas;
    private final Map<String, Operation> operations;
    private final Auth auth;
    private final Idempotency idempotency;
    private final CallPages pages;
    private final EventRoutes events;

    NativeApi(
            Vertx vertx,
            ApiDocument document,
            Map<String, Operation> operations,
            Auth auth,
            Idempotency idempotency,
            CallPages pages,
            EventRoutes events) {
        this.vertx = vertx;
        this.specs = document.operations().stream().collect(Collectors.toMap(OperationSpec::id, Function.identity()));
        this.schemas = document.schemas();
        this.operations = operations;
        this.auth = auth;
        this.idempotency = idempotency;
        this.pages = pages;
        this.events = events;
    }

    /**
     * What is asked of us.
     *
     * @param id of the thing it is about; empty where there is none
     */
    public record Question(
            String operation, Principal who, Optional<String> id, Map<String, Object> query, JsonObject body) {}

    /** Whose key this is; fails with a {@link Problem} when it is nobody's. */
    public Future<Principal> authenticate(HttpServerRequest request, String key) {
        return auth.ofKey(request, key);
    }

    /**
     * The body of a request, by the rules of our own: bounded, strict JSON.
     *
     * @param audio whether a field takes base64, which makes it long
     */
    public Future<Sent> read(HttpServerRequest request, boolean audio) {
        if (request.method().equals(HttpMethod.GET)) {
            return Future.succeededFuture(new Sent(new JsonObject(), 0));
        }
        return Bodies.read(vertx, request, audio ? Limits.AUDIO_BODY : Limits.BODY)
                .compose(this::parsed);
    }

    /** @param bytes of it; none is read as an empty object */
    public record Sent(JsonObject body, int bytes) {}

    private Future<Sent> parsed(Buffer bytes) {
        if (bytes.length() > Limits.LARGE) {
            return vertx.executeBlocking(() -> new Sent(JsonBody.parse(bytes), bytes.length()), false);
        }
        try {
            return Future.succeededFuture(new Sent(JsonBody.parse(bytes), bytes.length()));
        } catch (Problem wrong) {
            return Future.failedFuture(wrong);
        }
    }

    /** Does an operation as if it had been asked for by our own HTTP. Fails with what {@link Problem#of} understands. */
    public Future<Answer> perform(Question question, RoutingContext context) {
        OperationSpec spec = specs.get(question.operation());
        Operation operation = operations.get(question.operation());
        if (spec == null || operation == null) {
            return Future.failedFuture(Problem.of(501, "not_implemented", "This server does not do that."));
        }
        if (question.id().filter(ApiRouter::isNoReference).isPresent()) {
            return Future.failedFuture(Problem.notFound());
        }
        spec.scope().ifPresent(scope -> requireScope(question.who(), scope));
        if (spec.body().isPresent()) {
            List<FieldError> errors = schemas.check(question.body(), spec.body().get(), "");
            if (!errors.isEmpty()) {
                return Future.failedFuture(Problem.invalid(errors));
            }
        }
        return once(spec, operation, question, context);
    }

    private Future<Answer> once(OperationSpec spec, Operation operation, Question question, RoutingContext context) {
        HttpServerRequest request = context.request();
        Function<Optional<IdempotencyClaim>, Future<Answer>> work = claim -> operation.handle(new Ask(
                question.who(),
                requestId(context),
                question.id().map(id -> Map.of("id", id)).orElse(Map.of()),
                question.query(),
                question.body(),
                0,
                claim,
                request));
        Optional<String> key = Optional.ofNullable(request.getHeader("Idempotency-Key"))
                .filter(given -> spec.method().equals("POST"));
        return idempotency
                .once(key, question.who(), request.path(), question.body(), work)
                .map(NativeApi::unlessProblem);
    }

    /** A refusal that was kept under an idempotency key is a refusal again. */
    private static Answer unlessProblem(Answer answer) {
        if (answer instanceof Answer.Json json && json.status() >= 400) {
            throw Problem.of(
                    json.status(),
                    json.body().getString("code", ""),
                    json.body().getString("detail", ""));
        }
        return answer;
    }

    /** Calls by the number of a page, as a key sees them. */
    public Future<CallPages.Numbered> calls(Principal who, CallPages.Filter filter, int page, int limit) {
        requireScope(who, "read");
        return pages.list(filter, who.scope(), page, limit);
    }

    /** A WebSocket of what happens from now on, in another API's words. */
    public Future<Answer> follow(
            Principal who, Function<JsonObject, Optional<JsonObject>> words, RoutingContext context) {
        requireScope(who, "read");
        if (!WebSockets.wanted(context.request())) {
            return Future.failedFuture(Problem.of(400, "invalid_request", "This is a WebSocket: ask for an upgrade."));
        }
        return events.follow(who.scope(), words);
    }

    private static void requireScope(Principal who, String scope) {
        if (!who.may(scope)) {
            throw Problem.forbidden("This key lacks the scope '" + scope + "'.");
        }
    }

    /** What is still coming of a refused request is read and dropped, but not for ever. */
    public void drain(HttpServerRequest request, Problem problem) {
        if (!request.isEnded()) {
            request.handler(unread -> {});
        }
        request.resume();
        if (problem.status() == 413) {
            vertx.setTimer(
                    Dispatcher.LINGER_MILLIS, enough -> request.connection().close());
        }
    }

    public void write(RoutingContext context, Answer answer) {
        Responses.write(context.request(), answer, requestId(context));
    }

    private static String requestId(RoutingContext context) {
        String id = context.get(ApiRouter.ID);
        return id == null ? "" : id;
    }
}
