package io.trunkline.control.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body: never more than allowed, never for longer than a minute. */
final class Bodies {
    private Bodies() {}

    static Future<Buffer> read(Vertx vertx, HttpServerRequest request, int limit) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Future.failedFuture(
                    Problem.of(415, "unsupported_media_type", "Request bodies must not be compressed."));
        }
        if (declared(request) > limit) {
            return Future.failedFuture(tooLarge(limit));
        }
        Promise<Buffer> body = Promise.promise();
        Buffer collected = Buffer.buffer();
        request.handler(chunk -> {
            if (collected.length() + chunk.length() > limit) {
                body.tryFail(tooLarge(limit));
            } else {
                collected.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> body.tryComplete(collected));
        request.exceptionHandler(body::tryFail);
        long timer = vertx.setTimer(
                Limits.WHOLE_BODY.toMillis(), late -> request.connection().close());
        request.resume();
        return body.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static long declared(HttpServerRequest request) {
        try {
            String length = request.getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException wrong) {
            return 0;
        }
    }

    private static Problem tooLarge(int limit) {
        return Problem.of(413, "too_large", "The body is larger than " + limit + " bytes.");
    }
}
