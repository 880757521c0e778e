package io.trunkline.control.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server under test, over kept connections as a busy client's are. */
final class Api {
    private static final int CONNECTIONS = 64;
    private static final int PATIENCE_SECONDS = 30;
    /** Shorter than any server keeps one: a connection must not be closed just as it is used again. */
    private static final int KEPT_SECONDS = 10;

    private final Context loop;
    private final HttpClient client;
    private final URI server;
    private final String key;

    record Reply(int status, Buffer body) {
        JsonObject json() {
            return body.toJsonObject();
        }
    }

    Api(Vertx vertx, URI server, String key) {
        this.loop = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(KEPT_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(100_000));
        this.server = server;
        this.key = key;
    }

    Future<Reply> get(String path) {
        return send(HttpMethod.GET, path, Buffer.buffer());
    }

    Future<Reply> post(String path, JsonObject body) {
        return send(HttpMethod.POST, path, body.toBuffer());
    }

    private Future<Reply> send(HttpMethod method, String path, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setMethod(method)
                .setURI(path)
                .setIdleTimeout(PATIENCE_SECONDS * 1000L)
                .putHeader("Authorization", "Bearer " + key);
        if (body.length() > 0) {
            options.putHeader("Content-Type", "application/json");
        }
        Promise<Reply> reply = Promise.promise();
        // On the loop: elsewhere an answer may be over before anyone has asked for its body.
        loop.runOnContext(_ -> client.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(answer -> new Reply(response.statusCode(), answer)))
                .onComplete(reply));
        return reply.future();
    }

    /** Waits for the answer, which must be a good one. */
    static JsonObject ok(Future<Reply> sent) {
        Reply reply = await(sent);
        if (reply.status() / 100 != 2) {
            throw new IllegalStateException("the server answered " + reply.status() + ": " + reply.body());
        }
        return reply.json();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the server does not answer: " + e.getMessage(), e);
        }
    }
}
