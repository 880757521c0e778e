package io.trunkline.control.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.trunkline.control.http.Problem.FieldError;
import io.trunkline.control.store.Principal;
import io.trunkline.control.store.StorageUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request's way to its operation, the same for all: key, scope, body, syntax, idempotency, work, answer. Nothing
 * behind it sees a request that does not hold.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    static final long LINGER_MILLIS = 2_000;
    private static final Principal NOBODY =
            new Principal("", Optional.of(""), Optional.of(""), Set.of(), Optional.empty(), Optional.empty());

    /** Holds a signed link: sees what the link names. */
    private static final Principal EVERYBODY =
            new Principal("", Optional.empty(), Optional.empty(), Set.of("read"), Optional.empty(), Optional.empty());

    private final Vertx vertx;
    private final Schemas schemas;
    private final Auth auth;
    private final LinkSigner links;
    private final Idempotency idempotency;
    private final MeterRegistry meters;
    private final BooleanSupplier storageAnswers;
    private final Peers peers;
    private final Optional<RateLimit> perKey;

    Dispatcher(
            Vertx vertx,
            Schemas schemas,
            Auth auth,
            LinkSigner links,
            Idempotency idempotency,
            MeterRegistry meters,
            BooleanSupplier storageAnswers,
            Peers peers,
            Optional<RateLimit> perKey) {
        this.vertx = vertx;
        this.schemas = schemas;
        this.auth = auth;
        this.links = links;
        this.idempotency = idempotency;
        this.meters = meters;
        this.storageAnswers = storageAnswers;
        this.peers = peers;
        this.perKey = perKey;
    }

    void handle(
            HttpServerRequest request,
            OperationSpec spec,
            Operation operation,
            Map<String, String> path,
            String requestId) {
        request.pause();
        long started = System.nanoTime();
        principal(request, spec)
                .compose(principal -> body(request, spec)
                        .compose(body -> peers.elsewhere(request, spec, path, body)
                                .compose(answer -> answer.map(Future::succeededFuture)
                                        .orElseGet(() ->
                                                work(request, spec, operation, path, requestId, principal, body)))))
                .onComplete(done -> {
                    if (done.succeeded()) {
                        Responses.write(request, done.result(), requestId);
                        if (!(done.result() instanceof Answer.Direct)) {
                            request.resume();
                        }
                    } else {
                        fail(request, spec, requestId, done.cause());
                    }
                    count(spec, request.response().getStatusCode(), System.nanoTime() - started);
                });
    }

    private Future<Principal> principal(HttpServerRequest request, OperationSpec spec) {
        if (spec.scope().isEmpty()) {
            return Future.succeededFuture(NOBODY);
        }
        if (!storageAnswers.getAsBoolean()) {
            return Future.failedFuture(StorageUnavailable.because("the database does not answer"));
        }
        if (spec.signed() && links.opens(request)) {
            return Future.succeededFuture(EVERYBODY);
        }
        return auth.authenticate(request).map(principal -> {
            perKey.ifPresent(limit -> limit.count(principal.keyId()));
            if (!principal.may(spec.scope().get())) {
                throw Problem.forbidden(
                        "This key lacks the scope '" + spec.scope().get() + "'.");
            }
            return principal;
        });
    }

    private Future<Buffer> body(HttpServerRequest request, OperationSpec spec) {
        if (spec.body().isEmpty() && spec.textBody().isEmpty()) {
            if (!request.method().equals(HttpMethod.GET)) {
                return Bodies.read(vertx, request, Limits.BODY).map(ignored -> Buffer.buffer());
            }
            return Future.succeededFuture(Buffer.buffer());
        }
        return Bodies.read(vertx, request, spec.bodyLimit()).map(body -> {
            checkType(request, spec, body);
            return body;
        });
    }

    private static void checkType(HttpServerRequest request, OperationSpec spec, Buffer body) {
        String given = request.getHeader("Content-Type");
        if (body.length() == 0 || (given == null && spec.body().isPresent())) {
            return;
        }
        String type = given == null ? "" : given.split(";", 2)[0].strip();
        boolean json = spec.body().isPresent() && type.equalsIgnoreCase("application/json");
        boolean text = spec.textBody().filter(type::equalsIgnoreCase).isPresent();
        if (!json && !text) {
            throw Problem.of(
                    415,
                    "unsupported_media_type",
                    "Send "
                            + spec.textBody()
                                    .map(other -> "application/json or " + other)
                                    .orElse("application/json") + ".");
        }
    }

    private Future<Answer> work(
            HttpServerRequest request,
            OperationSpec spec,
            Operation operation,
            Map<String, String> path,
            String requestId,
            Principal principal,
            Buffer bytes) {
        return read(request, spec, bytes).compose(body -> {
            Map<String, Object> query = Parameters.query(request, spec, schemas);
            if (!request.method().equals(HttpMethod.POST)) {
                return operation.handle(
                        new Ask(principal, requestId, path, query, body, bytes.length(), Optional.empty(), request));
            }
            return idempotency.once(
                    Optional.ofNullable(request.getHeader("Idempotency-Key")),
                    principal,
                    request.path(),
                    body,
                    claim -> operation.handle(
                            new Ask(principal, requestId, path, query, body, bytes.length(), claim, request)));
        });
    }

    /** The body as the document describes it; a large one is read away from the event loop. */
    private Future<JsonObject> read(HttpServerRequest request, OperationSpec spec, Buffer bytes) {
        boolean text = spec.textBody().isPresent()
                && !String.valueOf(request.getHeader("Content-Type")).startsWith("application/json");
        if (text) {
            return Future.succeededFuture(new JsonObject().put("text", bytes.toString()));
        }
        if (spec.body().isEmpty()) {
            return Future.succeededFuture(new JsonObject());
        }
        if (bytes.length() > Limits.LARGE) {
            return vertx.executeBlocking(() -> valid(spec, bytes), false);
        }
        try {
            return Future.succeededFuture(valid(spec, bytes));
        } catch (Problem problem) {
            return Future.failedFuture(problem);
        }
    }

    private JsonObject valid(OperationSpec spec, Buffer bytes) {
        if (bytes.length() == 0 && spec.bodyRequired()) {
            throw Problem.invalidJson("The body is empty.");
        }
        JsonObject body = JsonBody.parse(bytes);
        List<String> nulls = body.fieldNames().stream()
                .filter(name -> spec.method().equals("PATCH") && body.getValue(name) == null)
                .toList();
        List<FieldError> errors = schemas.check(body, spec.body().orElseThrow(), "");
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        nulls.forEach(body::putNull); // a change by null takes the field away
        return body;
    }

    private void fail(HttpServerRequest request, OperationSpec spec, String requestId, Throwable cause) {
        Problem problem = Problem.of(cause);
        if (problem.status() == 500) {
            LOG.error("{} {} failed", requestId, spec.id(), cause);
        }
        Responses.problem(request, problem, requestId);
        if (!request.isEnded()) {
            request.handler(unread -> {}); // what is still coming is read and dropped …
        }
        request.resume();
        if (problem.status() == 413) {
            vertx.setTimer(LINGER_MILLIS, enough -> request.connection().close()); // … but not for ever
        }
    }

    private void count(OperationSpec spec, int status, long nanos) {
        Timer.builder("trunkline.http.requests")
                .description("Requests to the API")
                .tag("operation", spec.id())
                .tag("status", String.valueOf(status))
                .publishPercentileHistogram(false)
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
