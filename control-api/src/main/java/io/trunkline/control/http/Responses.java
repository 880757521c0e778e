package io.trunkline.control.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Writes answers and problems to the wire. */
final class Responses {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    private Responses() {}

    static void write(HttpServerRequest request, Answer answer, String requestId) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        switch (answer) {
            case Answer.Json json -> {
                response.setStatusCode(json.status()).putHeader("Content-Type", JSON);
                json.headers().forEach(response::putHeader);
                JsonObject body = json.headers().containsValue(PROBLEM)
                        ? json.body().copy().put("request_id", requestId)
                        : json.body();
                response.end(body.toBuffer());
            }
            case Answer.Text text -> {
                response.setStatusCode(text.status()).putHeader("Content-Type", text.contentType());
                text.headers().forEach(response::putHeader);
                response.end(text.body());
            }
            case Answer.Empty(int status) -> response.setStatusCode(status).end();
            case Answer.Direct(var writer) -> writer.accept(request);
        }
    }

    static void problem(HttpServerRequest request, Problem problem, String requestId) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            request.connection().close(); // a torn answer must not look whole
            return;
        }
        response.setStatusCode(problem.status()).putHeader("Content-Type", PROBLEM);
        problem.retryAfter()
                .ifPresent(wait -> response.putHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds()))));
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.status() == 413) {
            response.putHeader("Connection", "close");
        }
        response.end(problem.json(requestId).toBuffer());
    }
}
