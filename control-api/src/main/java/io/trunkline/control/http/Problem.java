package io.trunkline.control.http;

import io.trunkline.control.call.CallRefused;
import io.trunkline.control.store.StorageUnavailable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** An error as the API tells it: RFC 9457 with a stable {@code code}. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient Optional<Duration> retryAfter;

    /** What is wrong with one field of the request. */
    public record FieldError(String field, String message) {}

    private Problem(int status, String code, String detail, List<FieldError> errors, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), Optional.empty());
    }

    public static Problem invalid(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return new Problem(
                400, "invalid_request", first.field() + " " + first.message(), List.copyOf(errors), Optional.empty());
    }

    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public static Problem invalidJson(String detail) {
        return of(400, "invalid_json", detail);
    }

    public static Problem notFound() {
        return of(404, "not_found", "There is nothing here that this key may see.");
    }

    public static Problem forbidden(String detail) {
        return of(403, "forbidden", detail);
    }

    public static Problem conflict(String detail) {
        return of(409, "conflict", detail);
    }

    public static Problem later(int status, String code, String detail, Duration retryAfter) {
        return new Problem(status, code, detail, List.of(), Optional.of(retryAfter));
    }

    /** What a failure means to the client; what nobody foresaw is a 500 that tells nothing. */
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case CallRefused refused ->
                new Problem(
                        refused.status(),
                        refused.code(),
                        String.valueOf(refused.getMessage()),
                        refused.field()
                                .map(field -> List.of(new FieldError(field, String.valueOf(refused.getMessage()))))
                                .orElse(List.of()),
                        refused.retryAfter());
            case Throwable away
            when StorageUnavailable.isCauseOf(away) -> of(StorageUnavailable.because("the database does not answer"));
            default -> of(500, "internal", "Something went wrong here; the request id finds it in our log.");
        };
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter.or(
                () -> status == 429 || status == 503 ? Optional.of(Duration.ofSeconds(1)) : Optional.empty());
    }

    /** The first field that is wrong, by its name in this API. */
    public Optional<String> field() {
        return errors.stream().map(FieldError::field).findFirst();
    }

    JsonObject json(String requestId) {
        JsonArray fields = new JsonArray();
        errors.forEach(
                error -> fields.add(new JsonObject().put("field", error.field()).put("message", error.message())));
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title(status))
                .put("status", status)
                .put("code", code)
                .put("detail", getMessage())
                .put("errors", fields)
                .put("request_id", requestId);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }
}
